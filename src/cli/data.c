/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define USUAL_DATABASE "fabplan.db"

int cli_fail(struct cli *cli, fab_status status)
{
    if (status == FAB_INTERRUPTED)
        fab_fail(cli->context, status, "interrupted%s", cli->changed ? "" : "; nothing was changed");
    else if (!*fab_context_message(cli->context))
        fab_fail(cli->context, status, "%s", fab_status_text(status));
    cli_terminal_fail(&cli->terminal, fab_context_message(cli->context));
    return fab_status_exit_code(status);
}

/* DATA: what was named, else the environment's, else the usual one; NULL when there is none. */
static const char *choose_data(const struct cli *cli)
{
    const char *variable = getenv("FABPLAN_DATA");
    if (cli->operand_count > 0)
        return cli->operands[0];
    if (variable && *variable)
        return variable;
    return access(USUAL_DATABASE, F_OK) == 0 ? USUAL_DATABASE : NULL;
}

fab_status cli_open_data(struct cli *cli, fab_access access, fab **opened)
{
    const char *data = choose_data(cli);
    struct stat found;
    if (!data)
        return fab_fail(cli->context, FAB_USAGE,
                        "%s: no data: none is named, FABPLAN_DATA is not set and there is no " USUAL_DATABASE
                        " here; name a planning database or a folder of CSV files",
                        cli->command->name);
    if (access != FAB_CREATE && stat(data, &found) != 0 && errno == ENOENT)
        return fab_fail(cli->context, FAB_USAGE, "%s: there is no such file or folder; `fabplan init %s` makes an empty planning database",
                        data, data);
    return fab_open(cli->context, data, access, opened);
}

fab_status cli_open_database(struct cli *cli, fab_access access, fab **opened)
{
    const char *data = choose_data(cli);
    struct stat found;
    if (data && stat(data, &found) == 0 && S_ISDIR(found.st_mode))
        return fab_fail(
            cli->context, FAB_USAGE,
            "%s: %s is a folder, which stores nothing; make a database of it: fabplan init fabplan.db && fabplan import fabplan.db %s",
            cli->command->name, data, data);
    return cli_open_data(cli, access, opened);
}

/* The folder a file lies in, in new memory; NULL when memory is short. */
static char *folder_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    if (!slash)
        return strdup(".");
    return slash == path ? strdup("/") : strndup(path, (size_t)(slash - path));
}

static fab_status check_existing(struct cli *cli, const char *path, const struct stat *found)
{
    struct stat data;
    const char *named = choose_data(cli);
    if (!S_ISREG(found->st_mode))
        return fab_fail(cli->context, FAB_OUTPUT, "%s: not a plain file; name a file that may be replaced", path);
    if (named && stat(named, &data) == 0 && data.st_dev == found->st_dev && data.st_ino == found->st_ino)
        return fab_fail(cli->context, FAB_USAGE, "%s: is the data itself; name another file", path);
    return FAB_OK;
}

fab_status cli_check_output(struct cli *cli, const char *path)
{
    struct stat found;
    char *folder = folder_of(path);
    fab_status status = folder ? FAB_OK : fab_fail_memory(cli->context);
    bool folder_found = folder && stat(folder, &found) == 0;
    if (status == FAB_OK && (!folder_found || !S_ISDIR(found.st_mode)))
        status = fab_fail(cli->context, FAB_OUTPUT, "%s: cannot be written: there is no folder %s", path, folder);
    else if (status == FAB_OK && access(folder, W_OK | X_OK) != 0)
        status = fab_fail(cli->context, FAB_OUTPUT, "%s: cannot be written in folder %s: %s", path, folder, strerror(errno));
    if (status == FAB_OK && stat(path, &found) == 0)
        status = check_existing(cli, path, &found);
    free(folder);
    return status;
}
