/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "loaded_book.h"

#include <string.h>

const struct fab_sheet *fab_book_find(const struct fab_book *book, const char *stem)
{
    for (int s = 0; s < book->loaded_count; s++)
        if (strcmp(book->sheets[s].report->stem, stem) == 0)
            return &book->sheets[s];
    return NULL;
}
