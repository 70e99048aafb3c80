/* SPDX-License-Identifier: Apache-2.0 */
/* Decides whether a sentence ends at a candidate: rules where the language is clear, else weights.
 */
#include "split.h"

gboolean decide(Walk *walk, Candidate *candidate)
{
  const Right *right = &candidate->right;
  LeftKind left = candidate->left.kind;
  (void) walk;
  switch (right->kind) {
  case RIGHT_LOWER:
  case RIGHT_REPORT:
  case RIGHT_COMMA:
  case RIGHT_STOP:
  case RIGHT_SMALL_LETTER:
    return FALSE;
  default:
    break;
  }
  if (candidate->stop != STOP_PERIOD)
    return TRUE;
  if (left >= LEFT_TITLE && left <= LEFT_SHORT)
    return right->kind == RIGHT_STARTER && left != LEFT_TITLE && left != LEFT_INNER;
  if (left == LEFT_INITIAL || left == LEFT_ACRONYM)
    return right->kind == RIGHT_STARTER;
  return TRUE;
}
