/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "own_name.h"

#include <errno.h>
#include <inttypes.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { HOST_NAME_ROOM = 256, HOST_DIGITS = 8 };

/* FNV-1a, 32 bits (Fowler, Noll, Vo): enough to tell hosts of one network apart. */
static uint32_t hash_of_host(void)
{
    char host[HOST_NAME_ROOM] = "";
    uint32_t hash = UINT32_C(2166136261);
    gethostname(host, sizeof host - 1);
    for (const char *c = host; *c; c++)
        hash = (hash ^ (unsigned char)*c) * UINT32_C(16777619);
    return hash;
}

void fab_own_name(char *text, size_t size, int number)
{
    snprintf(text, size, "%08" PRIx32 "-%ld-%d", hash_of_host(), (long)getpid(), number);
}

/* Reads a number above 0 or 0 itself; NULL: there is none. */
static const char *skip_number(const char *text, long *number)
{
    char *end;
    if (*text < '0' || *text > '9')
        return NULL;
    errno = 0;
    *number = strtol(text, &end, 10);
    return errno ? NULL : end;
}

/* A process that has ended and whose parent has not asked for it yet: in containers whose first process asks for nobody it stays for good. */
static bool is_waiting_only(long process)
{
    enum { ROOM = 512 }; /* number, (name of 15 bytes), state */
    char path[64], text[ROOM + 1];
    snprintf(path, sizeof path, "/proc/%ld/stat", process);
    FILE *file = fopen(path, "re");
    if (!file)
        return false;
    size_t size = fread(text, 1, ROOM, file);
    fclose(file);
    text[size] = '\0';
    const char *name_end = strrchr(text, ')');
    return name_end && (strncmp(name_end, ") Z", 3) == 0 || strncmp(name_end, ") X", 3) == 0);
}

bool fab_own_name_is_left(const char *name, const char *prefix, const char *suffix)
{
    char host[HOST_DIGITS + 2];
    long process, number;
    size_t length = strlen(prefix);
    snprintf(host, sizeof host, "%08" PRIx32 "-", hash_of_host());
    if (strncmp(name, prefix, length) != 0 || strncmp(name + length, host, HOST_DIGITS + 1) != 0)
        return false;
    const char *rest = skip_number(name + length + HOST_DIGITS + 1, &process);
    if (!rest || *rest != '-' || process <= 0 || !(rest = skip_number(rest + 1, &number)) || strcmp(rest, suffix) != 0)
        return false;
    return (kill((pid_t)process, 0) != 0 && errno == ESRCH) || is_waiting_only(process);
}
