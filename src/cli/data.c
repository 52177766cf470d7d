/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli.h"

#include "try.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#define USUAL_DATABASE "fabplan.db"

int cli_fail(struct cli *cli, fab_status status)
{
    if (status == FAB_INTERRUPTED)
        fab_fail(cli->context, status, "interrupted%s", cli->changed ? "" : "; nothing was changed");
    else if (!*fab_context_message(cli->context))
        fab_fail(cli->context, status, "%s", fab_status_text(status));
    cli_terminal_fail(&cli->terminal, fab_context_message(cli->context), fab_context_code(cli->context));
    return fab_status_exit_code(status);
}

int cli_finish(struct cli *cli, fab_status status)
{
    return status == FAB_OK ? 0 : cli_fail(cli, status);
}

void cli_take_operand(struct cli *cli)
{
    cli->operand_count--;
    memmove(cli->operands, cli->operands + 1, sizeof *cli->operands * (size_t)cli->operand_count);
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

fab_status cli_open_inputs(struct cli *cli, fab **opened)
{
    fab_status status;
    fab *data = NULL;
    if (cli->values.plan == 0)
        return cli_open_data(cli, FAB_READ, opened);
    TRY(cli_open_database(cli, FAB_READ, &data));
    TRY(fab_open_plan(cli->context, data, cli->values.plan, opened));
out:
    fab_close(data);
    return status;
}

/* The folder a file lies in, in new memory; NULL when memory is short. */
static char *folder_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    if (!slash)
        return strdup(".");
    return slash == path ? strdup("/") : strndup(path, (size_t)(slash - path));
}

/* A CSV file in the folder of the data. */
static bool is_table(const char *path, const char *named)
{
    struct stat data, found;
    size_t length = strlen(path), ending = strlen(".csv");
    char *folder = folder_of(path);
    bool csv = length >= ending && strcasecmp(path + length - ending, ".csv") == 0;
    bool inside = csv && folder && named && stat(named, &data) == 0 && stat(folder, &found) == 0 && data.st_dev == found.st_dev && data.st_ino == found.st_ino;
    free(folder);
    return inside;
}

/* The file of the data, or one that SQLite keeps beside it. */
static bool is_data(const char *path, const struct stat *found, const char *named)
{
    static const char *const endings[] = {"-journal", "-wal", "-shm"};
    struct stat data;
    size_t length = strlen(named);
    for (size_t e = 0; e < sizeof endings / sizeof *endings; e++)
        if (strncmp(path, named, length) == 0 && strcmp(path + length, endings[e]) == 0)
            return true;
    return found && stat(named, &data) == 0 && data.st_dev == found->st_dev && data.st_ino == found->st_ino;
}

static fab_status check_existing(struct cli *cli, const char *path, const struct stat *found)
{
    const char *named = choose_data(cli);
    struct stat link;
    if (!S_ISREG(found->st_mode))
        return fab_fail(cli->context, FAB_OUTPUT, "%s: not a plain file; name a file that may be replaced", path);
    if (is_table(path, named))
        return fab_fail(cli->context, FAB_USAGE, "%s: is a table of the data itself; name another file", path);
    if (named && is_data(path, found, named))
        return fab_fail(cli->context, FAB_USAGE, "%s: is the data itself; name another file", path);
    if (lstat(path, &link) == 0 && S_ISLNK(link.st_mode))
        return fab_fail(cli->context, FAB_OUTPUT, "%s: is a symbolic link, must be the file itself; name what it leads to", path);
    errno = 0;
    bool made = cli->values.force || fab_made_file(path);
    if (!made && errno == EIO)
        return fab_fail(cli->context, FAB_OUTPUT, "%s: cannot be read: %s", path, strerror(EIO));
    if (!made)
        return fab_fail(cli->context, FAB_USAGE, "%s: was not made by fabplan; name another file, or say --force to replace it", path);
    return FAB_OK;
}

/* Office programs put a file beside one that they have open: LibreOffice .~lock.NAME#, Excel ~$NAME. */
static fab_status warn_of_lock(struct cli *cli, const char *path, const char *folder)
{
    static const char *const before[] = {".~lock.", "~$"}, *const behind[] = {"#", ""};
    const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
    size_t size = strlen(folder) + strlen(name) + sizeof "/.~lock.#";
    char *lock = malloc(size);
    if (!lock)
        return fab_fail(cli->context, FAB_NO_MEMORY, "out of memory");
    for (size_t k = 0; k < sizeof before / sizeof *before; k++) {
        snprintf(lock, size, "%s/%s%s%s", folder, before[k], name, behind[k]);
        if (access(lock, F_OK) == 0)
            fab_say(cli->context, FAB_LEVEL_WARNING, "%s: is open in another program (%s), which goes on showing what was there", path, lock);
    }
    free(lock);
    return FAB_OK;
}

static fab_status check_folder(struct cli *cli, const char *path, const char *folder)
{
    struct stat found;
    if (stat(folder, &found) != 0 || !S_ISDIR(found.st_mode))
        return fab_fail(cli->context, FAB_OUTPUT, "%s: cannot be written: there is no folder %s", path, folder);
    if (access(folder, W_OK | X_OK) != 0)
        return fab_fail(cli->context, FAB_OUTPUT, "%s: cannot be written in folder %s: %s", path, folder, strerror(errno));
    return FAB_OK;
}

fab_status cli_check_output(struct cli *cli, const char *path)
{
    struct stat found;
    fab_status status = FAB_OK;
    char *folder = NULL;
    TRY_MEMORY(cli->context, folder = folder_of(path));
    TRY(check_folder(cli, path, folder));
    if (stat(path, &found) == 0) {
        TRY(check_existing(cli, path, &found));
        TRY(warn_of_lock(cli, path, folder));
    } else if (choose_data(cli) && is_data(path, NULL, choose_data(cli)))
        TRY(fab_fail(cli->context, FAB_USAGE, "%s: belongs to the data itself; name another file", path));
out:
    free(folder);
    return status;
}

fab_status cli_check_workbook(struct cli *cli, const char *path)
{
    static const char end[] = ".xlsx";
    fab_status status = FAB_OK;
    size_t length = strlen(path), tail = sizeof end - 1;
    TRY(cli_check_output(cli, path));
    if (length <= tail || strcmp(path + length - tail, end) != 0)
        TRY(fab_fail_as(cli->context, FAB_USAGE, "not_a_workbook", "%s: a workbook is written to a file whose name ends in .xlsx", path));
out:
    return status;
}
