/* SPDX-License-Identifier: Apache-2.0 */
/* The check of a stage's `isolate` and `sandbox`. */
#include "check.h"
#include "delegate.h"
#include "sandbox.h"

static void refuse_writer(AverMistakes *mistakes, const AverConfigStage *config, const char *key)
{
  aver_mistakes_add(mistakes, &config->position, config->label,
                    "'%s' on a writer; expected it on a reader or an annotator", key);
  aver_mistakes_suggest(mistakes, "remove '%s'", key);
}

/* A sandbox is a process of its own: who does not want that has to say that it wants neither. */
static gboolean agree(AverMistakes *mistakes, const AverConfigStage *config, const AverStage *stage)
{
  const AverIsolationConfig *said = &config->isolation;
  if (!said->has_isolate || said->value.wanted || stage->isolation.sandbox == AVER_SANDBOX_NO)
    return TRUE;
  if (said->has_sandbox) {
    aver_mistakes_add(mistakes, &config->sandbox_position, config->label,
                      "'sandbox' without a process of its own, as 'isolate' is false; expected "
                      "one of them");
    aver_mistakes_suggest(mistakes, "remove 'isolate'");
  } else {
    aver_mistakes_add(mistakes, &config->isolate_position, config->label,
                      "'isolate' is false, and plugin '%s' asks for a sandbox; expected it with "
                      "\"sandbox\": false",
                      stage->plugin->name);
    aver_mistakes_suggest(mistakes, "add \"sandbox\": false");
  }
  return FALSE;
}

static void check_available(AverMistakes *mistakes, const AverConfigStage *config)
{
  g_autoptr(GError) error = NULL;
  if (aver_sandbox_available(&error))
    return;
  const AverPosition *position =
      config->isolation.has_sandbox ? &config->sandbox_position : &config->position;
  aver_mistakes_add(mistakes, position, config->label,
                    "cannot run in a sandbox: %s; expected it, or \"sandbox\": \"when-available\"",
                    error->message);
  aver_mistakes_suggest(mistakes, "%s \"sandbox\": \"when-available\"",
                        config->isolation.has_sandbox ? "write" : "add");
}

void aver_check_isolation(AverMistakes *mistakes, const AverDraft *draft, gboolean explain)
{
  const AverConfigStage *config = draft->config;
  const AverIsolationConfig *said = &config->isolation;
  AverStage *stage = draft->stage;
  if (stage->delegates != NULL) {
    stage->delegates->isolation = *said;
    if (said->has_sandbox)
      stage->isolation.sandbox = said->value.sandbox;
  } else {
    aver_isolation_apply(&stage->isolation, said);
  }
  if (stage->plugin->kind == AVER_PLUGIN_WRITER) {
    if (said->has_isolate && said->value.wanted)
      refuse_writer(mistakes, config, "isolate");
    if (said->has_sandbox && said->value.sandbox != AVER_SANDBOX_NO)
      refuse_writer(mistakes, config, "sandbox");
  } else if (agree(mistakes, config, stage) && stage->isolation.sandbox == AVER_SANDBOX_YES) {
    check_available(mistakes, config);
  }
  if (stage->delegates != NULL)
    stage->isolation.sandbox = AVER_SANDBOX_NO;
  if (explain && stage->plugin->explain != NULL && stage->isolation.sandbox == AVER_SANDBOX_NO)
    stage->isolation.wanted = FALSE;
}
