/* Writes a book of the made-up plan: write_book BOOK PLAN FILE.xlsx. For the recalculation test.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "../support/book_fixture.h"

#include "xlsx.h"

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
    const struct fab_book_source source = fixture_source(&fixture, NULL);
    fab_status status = fab_xlsx_write(fixture.context, &source, arguments[1], arguments[3]);
    if (status)
        fprintf(stderr, "%s: %s\n", fab_status_name(status), fab_context_message(fixture.context));
    fixture_close(&fixture);
    return status != FAB_OK;
}
