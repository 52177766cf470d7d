/* The numbers of a chart: categories and series.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_HTML_DATA_H
#define FAB_HTML_DATA_H

#include "loaded_book.h"

struct fab_html_data {
    int categories, series;
    const char **category; /* [categories] */
    const char **name;     /* [series] */
    double *value;         /* [series x categories]; NAN: none */
    double scale;          /* what is shown = value x scale */
    enum fab_number number;
};

/* Gathers them, in the book's arena: of a list its columns and first rows, of a series (`from`) its measures for the first keys over the periods, up to the last one with a value. FAB_INPUT: there is no such
 * column. O(cells). */
fab_status fab_html_data_make(const struct fab_book *book, const struct fab_sheet *sheet, const struct fab_report_chart *chart, struct fab_html_data *data);

#endif
