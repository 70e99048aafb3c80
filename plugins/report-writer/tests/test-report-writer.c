/* SPDX-License-Identifier: Apache-2.0 */
#include "report.h"
int main(void){return 0;}
