/* Between the program and SQLite: before the BETWEEN_AT-th statement that is prepared, BETWEEN_DO is run by a shell, as another user of the database would; it is waited for BETWEEN_MS milliseconds at most.
 * With BETWEEN_COUNT, a file, the number of statements is written there at the end.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

struct sqlite3;
struct sqlite3_stmt;
typedef int prepare(struct sqlite3 *, const char *, int, struct sqlite3_stmt **, const char **);

extern char **environ;
static int prepared;

static void do_it(const char *command)
{
    static const struct timespec moment = {.tv_nsec = 5000000};
    const char *limit = getenv("BETWEEN_MS");
    char *const arguments[] = {(char *)"sh", (char *)"-c", (char *)command, NULL};
    pid_t child;
    if (posix_spawn(&child, "/bin/sh", NULL, NULL, arguments, environ) != 0)
        abort();
    for (int passed = 0; passed < (limit ? atoi(limit) : 1000); passed += 5) {
        if (waitpid(child, NULL, WNOHANG) == child)
            return;
        nanosleep(&moment, NULL);
    }
}

int sqlite3_prepare_v2(struct sqlite3 *db, const char *sql, int size, struct sqlite3_stmt **statement, const char **tail)
{
    static prepare *real;
    const char *at = getenv("BETWEEN_AT");
    if (!real)
        *(void **)&real = dlsym(RTLD_NEXT, "sqlite3_prepare_v2");
    if (at && ++prepared == atoi(at))
        do_it(getenv("BETWEEN_DO"));
    return real(db, sql, size, statement, tail);
}

__attribute__((destructor)) static void write_count(void)
{
    const char *path = getenv("BETWEEN_COUNT");
    FILE *file = path ? fopen(path, "w") : NULL;
    if (file) {
        fprintf(file, "%d\n", prepared);
        fclose(file);
    }
}
