#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# A stage in shell: drops the documents whose record matches a regular expression.
#
#   {"plugin": "exec", "options": {"command": "docs/examples/drop.sh '\"section\":\"sport\"'", "text": false}}
#
# An answer may be the record itself, so `sed` sends every line back and adds "drop" to those that
# match; -u makes it do so line by line. With text set to false, metadata and layers are looked at.
exec sed -u -E "\\|$1|s/}\$/,\"drop\":true}/"
