/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli.h"

#include <string.h>

const struct cli_part *cli_part_find(const struct cli_part parts[], const char *name)
{
    for (; parts->name; parts++)
        if (strcmp(parts->name, name) == 0)
            return parts;
    return NULL;
}

static int fail_unknown(struct cli *cli, const struct cli_part parts[], const char *name)
{
    char known[128] = "";
    for (size_t length = 0; parts->name; parts++)
        length += (size_t)snprintf(known + length, sizeof known - length, "%s%s", length ? ", " : "", parts->name);
    return cli_fail(cli, *name ? fab_fail(cli->context, FAB_USAGE, "%s: '%s' is none of: %s", cli->command->name, name, known)
                               : fab_fail(cli->context, FAB_USAGE, "%s: what is to be done? One of: %s", cli->command->name, known));
}

const struct cli_part *cli_part_choose(struct cli *cli, const struct cli_part parts[], int place, struct cli_words *words, int *code)
{
    const char *name = place < cli->operand_count ? cli->operands[place] : "";
    const struct cli_part *part = cli_part_find(parts, name);
    if (!part) {
        *code = fail_unknown(cli, parts, name);
        return NULL;
    }
    *words = (struct cli_words){cli->operands + place + 1, cli->operand_count - place - 1};
    if (words->count >= part->least && (part->most < 0 || words->count <= part->most))
        return part;
    *code = cli_fail(cli, fab_fail(cli->context, FAB_USAGE, "%s %s takes %s; `fabplan help %s` says more", cli->command->name, part->name, part->wants, cli->command->name));
    return NULL;
}
