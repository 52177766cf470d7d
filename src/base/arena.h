/* An arena: memory that is given back all at once. Everything that lives as long as a model, a table or a plan comes from its arena.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_ARENA_H
#define FAB_ARENA_H

#include <stdarg.h>
#include <stddef.h>

typedef struct fab_arena fab_arena;

/* NULL when memory is short. */
fab_arena *fab_arena_new(void);
void fab_arena_free(fab_arena *arena);

/* Zeroed memory of count x size bytes, aligned for any type, NULL when memory is short or the product overflows. count 0 gives a valid pointer. */
void *fab_arena_take(fab_arena *arena, size_t count, size_t size);

/* A copy of a string in the arena, NULL when memory is short. */
char *fab_arena_dup(fab_arena *arena, const char *text);
char *fab_arena_dup_length(fab_arena *arena, const char *text, size_t length);

/* A formatted string in the arena, NULL when memory is short. */
char *fab_arena_printf(fab_arena *arena, const char *format, ...) __attribute__((format(printf, 2, 3)));
char *fab_arena_vprintf(fab_arena *arena, const char *format, va_list arguments) __attribute__((format(printf, 2, 0)));

#endif
