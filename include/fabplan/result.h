/* fabplan - the answer of a verb: a schema name with version, facts and named tables, and the whole of it as JSON.
 *
 * A result is a list of parts in a fixed order. As JSON it is one object: "schema", then each part as the kind of it says.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FABPLAN_RESULT_H
#define FABPLAN_RESULT_H

#include <fabplan/table.h>
#include <stdbool.h>
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum fab_section_kind {
    FAB_SECTION_FACTS,  /* a table of at most one row, whose columns are members of the object itself */
    FAB_SECTION_OBJECT, /* a table of one row: an object under the part's name */
    FAB_SECTION_LIST,   /* a table of any number of rows: an array of objects under the part's name */
    FAB_SECTION_VALUES  /* a table of one column: an array of its values under the part's name */
} fab_section_kind;

typedef struct fab_section {
    fab_section_kind kind;
    const char *name;  /* NULL for facts */
    const char *title; /* for a reader; NULL for none */
    const fab_table *table;
} fab_section;

typedef struct fab_result fab_result;

/* "fabplan.plan/2": what parts there are, and the version of that. Members may be added to a version; none changes its meaning. */
FAB_API const char *fab_result_schema(const fab_result *result);

/* Number of parts, and the one at an index, which must exist. Borrowed from the result. O(1). */
FAB_API int fab_result_sections(const fab_result *result);
FAB_API const fab_section *fab_result_section(const fab_result *result, int index);

/* The table of the part of that name, NULL when there is none. Borrowed. O(parts). */
FAB_API const fab_table *fab_result_table(const fab_result *result, const char *name);

/* The fact of that name, NULL when there is none. Borrowed. O(facts). */
FAB_API const fab_value *fab_result_fact(const fab_result *result, const char *name);

/* The result as JSON: indented by one blank, numbers with 17 digits so that reading gives the same double, numbers that are not finite and
 * NULL as null, members in the order of parts and columns. The same result gives the same text. NULL when memory is short; the caller frees
 * the text with fab_free. O(values). */
FAB_API char *fab_result_json(const fab_result *result);

/* Takes the next bytes of a text; false ends it. */
typedef bool fab_writer(void *user, const char *bytes, size_t size);

enum { FAB_JSON_NO_TIMES = 1 /* without what differs from run to run: plan, seconds, created_utc */ };

/* The same text in pieces, as it is made: memory does not grow with it. flags is 0 or FAB_JSON_NO_TIMES. False when memory is short or the
 * writer said so. O(values). */
FAB_API bool fab_result_write_json(const fab_result *result, unsigned flags, fab_writer *write, void *user);

/* One part of a result as CSV (RFC 4180, line ends LF): a line of its columns, then its rows; numbers by the shortest text that reads back as the same double,
 * NULL and numbers that are not finite as empty cells. False when there is no part of that name, memory is short or the writer said so. O(values). */
FAB_API bool fab_result_write_csv(const fab_result *result, const char *part, fab_writer *write, void *user);

FAB_API void fab_result_free(fab_result *result);

/* Frees a text that the library gave; NULL does nothing. */
FAB_API void fab_free(void *text);

#ifdef __cplusplus
}
#endif

#endif
