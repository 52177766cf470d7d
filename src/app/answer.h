/* Answers made of queries, and what requests have in common.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_ANSWER_H
#define FAB_ANSWER_H

#include <fabplan/history.h>

#include "date.h"
#include "fab.h"
#include "result.h"

/* A part of an answer and the query that gives its rows (schema/queries). */
struct fab_section_query {
    fab_section part;
    const char *query; /* NULL: a list that nothing fills yet */
};

/* A facts part and a list, as rows of such a table. */
#define FAB_FACTS_OF(sql) {{.kind = FAB_SECTION_FACTS}, sql}
#define FAB_LIST_OF(member, caption, sql) {{.kind = FAB_SECTION_LIST, .name = member, .title = caption}, sql}
#define FAB_OBJECT_OF(member, sql) {{.kind = FAB_SECTION_OBJECT, .name = member}, sql}
#define FAB_VALUES_OF(member, sql) {{.kind = FAB_SECTION_VALUES, .name = member}, sql}

/* Adds the rows of a query. Facts and objects have one row: any other number is FAB_DATABASE. */
fab_status fab_answer_add(fab_context *context, fab *handle, fab_result *result, const struct fab_section_query *part,
                          const fab_parameter parameters[], int count);

/* A text of a table, "" when there is none; and a date, FAB_DATE_NONE when there is none. */
const char *fab_answer_text(const fab_table *table, int row, int column);
int32_t fab_answer_date(const fab_table *table, int row, int column);

/* A date of a request as YYYY-MM-DD in text and as a day number; NULL leaves text empty and *day as it is. FAB_USAGE names the member, code
 * "request.MEMBER". */
fab_status fab_read_window_date(fab_context *context, const char *member, const char *given, char text[FAB_DATE_TEXT_SIZE], int32_t *day);

/* FAB_USAGE unless the table of one text key ("source", "line") has the id that the request's member of the same name gives; NULL is
 * allowed. */
fab_status fab_require_id(fab_context *context, fab *handle, const char *table, const char *id);

#endif
