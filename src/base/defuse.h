/*
 * defuse.h - what is printed as text starts no command of a CI runner that reads it.
 *
 * Runners take commands out of what a step prints, whoever wrote it: a line that begins with `::`, white space
 * before it or not (GitHub, Gitea, Forgejo), and `##[…]`, `##vso[…]`, `##teamcity[…]` anywhere in a line (GitHub's old
 * form, Azure Pipelines, TeamCity).  A document's text or a file's name could so mark lines as errors, hide them, or set
 * variables of later steps.
 *
 * Sources: actions/runner, ActionCommand.cs; microsoft/azure-pipelines-agent, Command.cs.
 */
#pragma once

#include <glib.h>

/**
 * zp_text_defuse: show one character of each such mark as its number, as control characters are shown.
 * @from: where the text to look at begins; a line begins there
 */
void zp_text_defuse(GString *text, gsize from);
