/* SPDX-License-Identifier: Apache-2.0 */
/* The `aver` command: finds the subcommand and runs it. */
#include "cli.h"

#include "exhaustion.h"
#include "log.h"

#include <stdio.h>
#include <string.h>

static const char check_codes[] = "Exit codes:\n"
                                  "  0  all went well\n"
                                  "  2  the command line, a pipeline file or a plugin is wrong\n";

static const char eval_codes[] = "Exit codes:\n"
                                 "  0  all went well\n"
                                 "  2  the command line, a pipeline file, a plugin or the gold is "
                                 "wrong\n"
                                 "  3  a document failed, or the run could not finish\n";

static const char new_codes[] = "Exit codes:\n"
                                "  0  the folder is made\n"
                                "  2  the command line is wrong\n"
                                "  3  the folder is there already, or cannot be written\n";

static const char status_codes[] = "Exit codes:\n"
                                   "  0  the job is finished, running, or can go on; of a job "
                                   "with shards: all are finished\n"
                                   "  2  there is no job, or its journal is damaged\n"
                                   "  3  something changed that keeps the job from going on; of "
                                   "a job with shards: some\n"
                                   "     are not finished\n";

static const char merge_codes[] = "Exit codes:\n"
                                  "  0  the output is written\n"
                                  "  1  so it is, without documents that failed in the shards\n"
                                  "  2  a shard is missing, not finished, there twice, or of "
                                  "something else\n"
                                  "  3  the output could not be written, or what a shard left is "
                                  "damaged\n";

static const char schema_codes[] = "Exit codes:\n"
                                   "  0  all went well\n"
                                   "  2  the command line or a plugin folder is wrong\n";

static const char help_codes[] = "Exit codes:\n"
                                 "  0  all went well\n"
                                 "  2  the command line is wrong\n";

static const char run_codes[] =
    "Exit codes:\n"
    "  0  all went well\n"
    "  1  some documents failed; they are named\n"
    "  2  the command line, a pipeline file or a plugin is wrong\n"
    "  3  the run could not finish, was stopped, or too many documents failed\n";

static const char diff_codes[] = "Exit codes:\n"
                                 "  0  they are the same\n"
                                 "  1  they differ\n"
                                 "  2  the command line is wrong\n"
                                 "  3  one of them could not be read\n";

static const char test_codes[] = "Exit codes:\n"
                                 "  0  all is as expected\n"
                                 "  1  some documents are not as expected; they are named\n"
                                 "  2  the command line, a file of tests, a pipeline file or a "
                                 "plugin is wrong\n"
                                 "  3  the tests could not be finished\n";

static const char serve_codes[] =
    "Exit codes:\n"
    "  0  it was told to stop\n"
    "  2  the command line, a pipeline file or a plugin is wrong, or the build has no server\n"
    "  3  it cannot listen\n";

static const char train_codes[] = "Exit codes:\n"
                                  "  0  the model is written\n"
                                  "  2  the command line, a plugin or the data is wrong\n"
                                  "  3  the training could not finish\n";

static const char watch_codes[] =
    "Exit codes:\n"
    "  0  all went well until it was told to stop\n"
    "  1  some documents, or files, failed; they are named\n"
    "  2  the command line, a pipeline file or a plugin is wrong\n"
    "  3  the folder cannot be watched, or the output cannot be written\n";

static const Command commands[] = {
    {"run", "PIPELINE [INPUT...]", "run a pipeline over files, folders or standard input",
     "INPUT is a file, a folder or '-' for standard input, which is also read when there is none.\n"
     "Documents that fail are named on standard error; a summary says what became of all.\n\n"
     "Examples:\n"
     "  aver run news.json article.txt\n"
     "  aver run news.json articles/ -o quotes.jsonl -j 4\n"
     "  aver run quotes.json --set jsonl-writer.text=true < article.txt\n"
     "  aver run news.json --dead-letter bad.jsonl --max-errors 1% articles/ -o quotes.jsonl\n"
     "  aver run news.json --replay bad.jsonl -o more.jsonl\n"
     "  aver run --job job news.json archive/ -o quotes.jsonl   (again, if it was cut short)\n"
     "  aver run --job shards --shard 3/10 news.json archive/   (then: aver merge shards -o "
     "quotes.jsonl)\n",
     run_codes, command_run},
    {"check", "PIPELINE...", "check pipeline files without running them",
     "Every mistake is reported, one a line: FILE:LINE:COLUMN: what is wrong; what was "
     "expected.\n\n"
     "Examples:\n"
     "  aver check mine.json\n"
     "  aver check --json mine.json news.json\n"
     "  aver check --set jsonl-writer.text=true mine.json\n",
     check_codes, command_check},
    {"graph", "PIPELINE", "show the stages of a pipeline and the layers between them",
     "Tells of every stage how it runs (one document at a time or in parallel, isolated or not),\n"
     "the layers that it needs, uses and adds, and what becomes of documents that fail in it.\n\n"
     "Examples:\n"
     "  aver graph news.json\n"
     "  aver graph --dot news.json | dot -Tsvg > news.svg\n"
     "  aver graph --mermaid news.json > news.mmd\n",
     check_codes, command_graph},
    {"schema", "", "print the JSON Schema of pipeline files, for editors",
     "The schema (2020-12) knows the plugins there are, with the options of each: names, types,\n"
     "ranges, choices, defaults. Name it in a pipeline file as \"$schema\".\n\n"
     "Examples:\n"
     "  aver schema > pipeline.schema.json\n"
     "  aver schema --plugin-dir plugins > pipeline.schema.json\n",
     schema_codes, command_schema},
    {"eval", "PIPELINE --gold=FILE --layer=NAME", "measure what a pipeline finds against gold",
     "Runs the pipeline's annotators over the texts of the gold documents, and prints precision,\n"
     "recall and F1 for a layer. Gold is what Aver wrote, corrected, or a list of spans or "
     "labels;\n"
     "docs/evaluation.md tells the formats and what each measure means.\n\n"
     "Examples:\n"
     "  aver eval news.json --gold corrected.jsonl --layer quote --errors 10\n"
     "  aver eval --predictions before.jsonl --gold corrected.jsonl --layer sentence\n",
     eval_codes, command_eval},
    {"train", "PLUGIN DATA... -o MODEL", "fit a plugin's model to your own labels",
     "DATA is a file of examples (JSON Lines, CSV, TSV, fastText's labels, or what Aver wrote,\n"
     "corrected), a folder of them, or '-' for standard input. Every record has to be usable.\n"
     "docs/training.md tells the formats.\n\n"
     "Examples:\n"
     "  aver train claim-classifier labels.jsonl -o mine.model\n"
     "  aver train claim-classifier a.csv b.csv -o mine.model --label-field topic\n",
     train_codes, command_train},
    {"explain", "PIPELINE FILE", "say why the rows of a document were made",
     "FILE is read with the pipeline's reader; '-' is standard input. Every row of the layers "
     "whose\n"
     "plugins can tell is shown with the reasons: the rule, scores, what else was possible.\n\n"
     "Examples:\n"
     "  aver explain quotes.json article.txt\n"
     "  aver explain quotes.json article.txt --at 1250\n"
     "  aver explain quotes.json --reader jsonl-reader articles.jsonl --document a17 --json\n",
     run_codes, command_explain},
    {"new", "KIND NAME", "make a folder with a plugin of your own",
     "KIND is 'annotator', 'reader' or 'writer'; NAME is lower case, with hyphens. The folder "
     "NAME,\n"
     "which must not be there yet, holds a plugin that does something small, its build file, its\n"
     "test and a README; it needs nothing but an installed Aver and meson. What is already a\n"
     "plugin's name is refused. docs/writing-a-plugin.md goes on from there.\n\n"
     "Examples:\n"
     "  aver new annotator long-words\n"
     "  aver new reader my-archive --dir ~/src\n",
     new_codes, command_new},
    {"test", "PIPELINE.test.json...", "run a pipeline's own tests",
     "A file of tests has documents, and the rows that the pipeline beside it is expected to find "
     "in\n"
     "them. Prints TAP: a line for each document, and what differs under those that failed.\n"
     "docs/testing-pipelines.md tells what a file of tests can say.\n\n"
     "Examples:\n"
     "  aver test news.test.json\n"
     "  aver test --print new.test.json > filled.test.json\n",
     test_codes, command_test},
    {"diff", "OLD NEW", "compare two outputs, row by row",
     "OLD and NEW are what the jsonl-writer wrote, compressed or not; '-' is standard input for "
     "one "
     "of\n"
     "them. Documents belong together by their ids, rows of a layer by their spans: the same ones "
     "first,\n"
     "then those that overlap. References are the same when they lead to rows that belong "
     "together.\n"
     "Documents may stand in another order; those that wait for their other one take up to 8 MiB "
     "of\n"
     "memory a file, then room in the folder of temporary files (TMPDIR).\n\n"
     "Examples:\n"
     "  aver diff before.jsonl after.jsonl.gz\n"
     "  aver diff before.jsonl after.jsonl --layer quote --ignore confidence --limit 20\n",
     diff_codes, command_diff},
    {"watch", "PIPELINE FOLDER -o OUT", "run a pipeline over what arrives in a folder",
     "Takes the files that are in FOLDER and in folders below it, and those that come, when they "
     "are\n"
     "complete: nobody has them open for writing, and they were not changed for a second. Hidden "
     "files and\n"
     "temporary ones (.part, .tmp, ~ and the like) are passed over. A file that is changed is "
     "taken "
     "again.\n\n"
     "'-o OUT' appends JSON Lines to one file; '-o OUT/' writes a file for each one that arrives, "
     "under its\n"
     "name and --suffix, complete or not there. OUT.watch has the list of files that are done: the "
     "same\n"
     "command goes on after a stop or a kill, with nothing lost and nothing twice in OUT. SIGTERM "
     "and\n"
     "Ctrl-C stop it.\n\n"
     "Examples:\n"
     "  aver watch quotes.json incoming/ -o quotes.jsonl --dead-letter bad.jsonl\n"
     "  aver watch news.json incoming/ -o results/\n"
     "  aver watch quotes.json incoming/ -o quotes.jsonl --once   (from cron)\n",
     watch_codes, command_watch},
    {"plugins", "[PLUGIN]", "list the plugins there are, or tell all about one",
     "Examples:\n"
     "  aver plugins\n"
     "  aver plugins quote-attributor\n"
     "  aver plugins --json jsonl-writer\n",
     check_codes, command_plugins},
    {"serve", "PIPELINE", "answer HTTP requests with what a pipeline finds",
     "Listens on this machine's own addresses only, unless --address says otherwise. The first\n"
     "lines on standard output tell where: 'listening on http://127.0.0.1:8080/'. Ends on SIGTERM\n"
     "or SIGINT, after what is under way.\n\n"
     "Examples:\n"
     "  aver serve news.json\n"
     "  curl -H 'Content-Type: text/plain' --data-binary @article.txt localhost:8080/v1/documents\n"
     "  aver serve --port 0 --jobs 4 --set quote-attributor.mode=fast news.json\n",
     serve_codes, command_serve},
    {"status", "DIR", "tell how a job stands",
     "DIR is the folder of 'aver run --job DIR'. Tells how far the job is and how fast, what went\n"
     "wrong, whether anything it depends on has changed, and how to go on.\n\n"
     "Examples:\n"
     "  aver status job\n"
     "  aver status --json job\n",
     status_codes, command_status},
    {"merge", "DIR", "join the shards of a job into what one run would have written",
     "DIR is the folder of 'aver run --shard I/N --job DIR', with all shards finished. The output "
     "of\n"
     "any writer, and the dead letters, come out byte for byte as those of one run.\n\n"
     "Examples:\n"
     "  aver status shards && aver merge shards -o quotes.jsonl\n",
     merge_codes, command_merge},
    {"help", "[COMMAND]", "tell how to use a command",
     "Examples:\n"
     "  aver help\n"
     "  aver help run\n",
     help_codes, command_help},
};

const Command *list_commands(guint *n)
{
  *n = G_N_ELEMENTS(commands);
  return commands;
}

const Command *find_command(const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS(commands); i++)
    if (strcmp(commands[i].name, name) == 0)
      return &commands[i];
  return NULL;
}

ExitCode unknown_command(const char *name)
{
  const char *names[G_N_ELEMENTS(commands) + 1] = {0};
  for (guint i = 0; i < G_N_ELEMENTS(commands); i++)
    names[i] = commands[i].name;
  const char *nearest = aver_nearest_name(name, names);
  g_autofree char *list = g_strjoinv(", ", (char **) names);
  g_autofree char *hint = nearest == NULL ? g_strdup_printf("expected one of %s", list)
                                          : g_strdup_printf("did you mean '%s'?", nearest);
  print_usage_error(NULL, "no command '%s'; %s", name, hint);
  return EXIT_USAGE;
}

static ExitCode dispatch(int argc, char **argv)
{
  if (argc < 2) {
    print_usage_error(NULL, "no command; expected one of those that 'aver --help' lists");
    return EXIT_USAGE;
  }
  const char *name = argv[1];
  if (strcmp(name, "--help") == 0 || strcmp(name, "-h") == 0) {
    char *nothing[] = {NULL};
    return command_help(find_command("help"), nothing);
  }
  if (strcmp(name, "--version") == 0) {
    printf("aver %s\n", AVER_VERSION);
    return EXIT_OK;
  }
  if (name[0] == '-') {
    print_usage_error(NULL, "unknown option '%s' before a command", name);
    return EXIT_USAGE;
  }
  const Command *command = find_command(name);
  return command == NULL ? unknown_command(name) : command->run(command, argv + 2);
}

/* What a stage has to say that is no error: the words of a program it runs, say. */
static void print_log(const char *domain, GLogLevelFlags level, const char *message,
                      gpointer user_data)
{
  (void) domain;
  (void) level;
  (void) user_data;
  log_message("info", message);
}

int main(int argc, char **argv)
{
  exhaustion_init();
  g_log_set_handler("aver", G_LOG_LEVEL_MESSAGE, print_log, NULL);
  ExitCode code = dispatch(argc, argv);
  if (code == EXIT_OK && (fflush(stdout) != 0 || ferror(stdout))) {
    print_message("standard output cannot be written");
    code = EXIT_RUN;
  }
  return (int) code;
}
