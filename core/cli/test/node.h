/* SPDX-License-Identifier: Apache-2.0 */
/* JSON values that know where in their file they stand. */
#pragma once

#include <aver/aver.h>

typedef struct {
  AverJsonKind kind;
  const char *at;      /* where the value stands in the file's text */
  gsize extent;        /* bytes of an object or array there */
  const char *key_at;  /* where its key does, of a member */
  char *key;           /* (nullable) */
  char *string;        /* (nullable) a string's characters, ended with NUL */
  gsize length;        /* bytes of them */
  double number;       /* a number's value */
  GPtrArray *children; /* (nullable) Node*: members or items, in order */
} Node;

/* A file that is checked: its text, and what is wrong with it. */
typedef struct {
  const char *path; /* as it was named */
  char *text;
  gsize length;
  Node *root;        /* (nullable) */
  guint n_mistakes;  /* only the first hundred are kept */
  GString *mistakes; /* a line each: FILE:LINE:COLUMN: what is wrong; what was expected */
} NodeFile;

void node_file_clear(NodeFile *file);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(NodeFile, node_file_clear)

/* Reads and parses a file of at most 16 MiB; FALSE after adding why it cannot. @file is zeroed. */
gboolean node_file_load(NodeFile *file, const char *path);

/* Adds what is wrong at a place in the text. */
void node_mistake(NodeFile *file, const char *at, const char *format, ...) G_GNUC_PRINTF(3, 4);

/* "FILE:LINE:COLUMN" of a place in the text. */
char *node_place(const NodeFile *file, const char *at);

/* The member of that key, or NULL. */
const Node *node_member(const Node *object, const char *key);

/* How many members or items there are. */
guint node_count(const Node *node);
const Node *node_child(const Node *node, guint index);

/* Whether all members' keys are among @names; each other one is a mistake, with the nearest. */
gboolean node_check_keys(NodeFile *file, const Node *object, const char *const *names);

/* Whether the value is of this kind; a mistake that says what was expected if not. */
gboolean node_check_kind(NodeFile *file, const Node *node, AverJsonKind kind, const char *expected);
