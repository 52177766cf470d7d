/* Text that grows: formulas, CSV.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_BUFFER_H
#define FAB_BUFFER_H

#include <stdbool.h>
#include <stddef.h>

struct fab_buffer {
    char *text; /* ends with a NUL; NULL while empty */
    size_t length, capacity;
    bool failed; /* memory was short once: the text is not complete */
};

/* Empty again; the memory is kept. */
void fab_buffer_clear(struct fab_buffer *buffer);
void fab_buffer_fini(struct fab_buffer *buffer);
void fab_buffer_add(struct fab_buffer *buffer, const char *text, size_t length);
void fab_buffer_print(struct fab_buffer *buffer, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
