/* Numbers are printed and read by the C library, so books are made in the "C" locale, whatever the program around has set.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_PLAIN_LOCALE_H
#define FAB_PLAIN_LOCALE_H

#include <fabplan/context.h>
#include <locale.h>

struct fab_plain_locale {
    locale_t plain, before; /* plain 0: not entered */
};

/* Sets the locale of this thread. */
fab_status fab_plain_locale_enter(fab_context *context, struct fab_plain_locale *locale);

/* Sets it back; nothing when it was not entered. */
void fab_plain_locale_leave(struct fab_plain_locale *locale);

#endif
