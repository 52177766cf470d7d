/* Writes a book of the made-up plan: write_book BOOK PLAN FILE.xlsx. For the recalculation test.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "../unit/report/fixture.h"

static void print_line(void *user, fab_level level, const char *text)
{
    (void)user;
    (void)level;
    fprintf(stderr, "%s\n", text);
}

int main(int count, char **arguments)
{
    struct fixture fixture;
    if (count != 4)
        return 2;
    fixture_open(&fixture);
    fixture.plan = atoi(arguments[2]);
    fab_context_set_sink(fixture.context, print_line, NULL);
    struct fab_report_options options = {.book = arguments[1], .path = arguments[3], .select = fixture_select, .user = &fixture};
    fab_status status = fab_report_write_book(fixture.context, &options);
    if (status)
        fprintf(stderr, "%s: %s\n", fab_status_name(status), fab_context_message(fixture.context));
    fixture_close(&fixture);
    return status != FAB_OK;
}
