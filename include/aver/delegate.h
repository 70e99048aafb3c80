/* SPDX-License-Identifier: Apache-2.0 */
/* Delegates: readers that work for another reader, which only chooses between them. */
#pragma once

#include <aver/plugin.h>

G_BEGIN_DECLS

/*
 * A reader names its delegates in AverPlugin.delegates. The host gives each a stage of its own:
 * options (`--set jsonl-reader.text=body` reaches it), workers and, where the delegate asks for
 * that, child processes. It is loaded and opened when it is needed for the first time.
 *
 *     open:   aver_stage_lend_input(), of an input that only aver_input_enter() takes further
 *     cut:    aver_input_enter(), aver_input_peek(), aver_stage_open_delegate() for what it is;
 *             aver_stage_cut_delegate() until it answers AVER_CUT_END: the file is done with
 *     cursor: the delegate's name, and aver_stage_get_delegate_cursor()
 *     seek:   aver_stage_open_delegate() by that name, and aver_stage_seek_delegate()
 *
 * Records come out with their `delegate` set, by which the host has them decoded, and names the
 * delegate where something goes wrong. The reader's own decode() gets no others than those that it
 * cut itself.
 */

/**
 * aver_stage_lend_input:
 * @input: what all delegates read, a file at a time
 *
 * For a reader with delegates, in open() [main].
 */
AVER_API void aver_stage_lend_input(AverStage *stage, AverInput *input);

/**
 * aver_stage_open_delegate:
 * @name: one of the plugin's delegates
 *
 * Loads and opens a delegate unless that has been done [input].
 *
 * Returns: its number, from 1; 0 with %AVER_ERROR_PLUGIN when there is no such plugin in this
 * build, saying what is missing, or with what its open() or start() said, which is no matter of one
 * file.
 */
AVER_API guint32 aver_stage_open_delegate(AverStage *stage, const char *name, GError **error);

/**
 * aver_stage_cut_delegate:
 * @delegate: a number that aver_stage_open_delegate() gave
 * @may_block: whether to wait when nothing is at hand; see #AverPlugin
 * @record: the record
 *
 * The next record of the open file, as cut() of a reader does it; %AVER_CUT_END at the file's end
 * [input].
 *
 * Returns: as cut() of a reader answers.
 */
AVER_API AverCut aver_stage_cut_delegate(AverStage *stage, guint32 delegate, gboolean may_block,
                                         AverRecord *record, GError **error);

/**
 * aver_stage_get_delegate_cursor:
 * @delegate: a number that aver_stage_open_delegate() gave
 * @cursor: (out caller-allocates): gets the delegate's position appended, one line of text
 *
 * The position behind the last record that a delegate cut [input].
 *
 * Returns: %FALSE when the delegate has none [input].
 */
AVER_API gboolean aver_stage_get_delegate_cursor(AverStage *stage, guint32 delegate,
                                                 GString *cursor);

/**
 * aver_stage_seek_delegate:
 * @delegate: a number that aver_stage_open_delegate() gave
 * @cursor: what aver_stage_get_delegate_cursor() gave
 *
 * Takes the delegate, and the input that it was lent, to a position [input].
 *
 * Returns: %FALSE when the delegate cannot go on there.
 */
AVER_API gboolean aver_stage_seek_delegate(AverStage *stage, guint32 delegate, const char *cursor,
                                           GError **error);

G_END_DECLS
