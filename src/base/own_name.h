/* Names of what is not finished: a process marks its temporary files and folders as its own, so that a later one can tell what nobody works on any more.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_OWN_NAME_H
#define FAB_OWN_NAME_H

#include <stdbool.h>
#include <stddef.h>

enum { FAB_OWN_NAME_ROOM = 64 };

/* Writes HOST-PID-N: eight hexadecimal digits of the host's name (folders may be shared between hosts, whose processes have the same numbers), the process, a number that tells its files apart. `size` at least FAB_OWN_NAME_ROOM. */
void fab_own_name(char *text, size_t size, int number);

/* Whether `name` is PREFIX, a text of fab_own_name and SUFFIX, of a process of this host that has ended. O(length). */
bool fab_own_name_is_left(const char *name, const char *prefix, const char *suffix);

#endif
