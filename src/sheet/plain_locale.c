/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plain_locale.h"

fab_status fab_plain_locale_enter(fab_context *context, struct fab_plain_locale *locale)
{
    locale->plain = newlocale(LC_ALL_MASK, "C", (locale_t)0);
    if (!locale->plain)
        return fab_fail_memory(context);
    locale->before = uselocale(locale->plain);
    return FAB_OK;
}

void fab_plain_locale_leave(struct fab_plain_locale *locale)
{
    if (!locale->plain)
        return;
    uselocale(locale->before);
    freelocale(locale->plain);
    locale->plain = (locale_t)0;
}
