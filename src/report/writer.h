/* A book on its way into a workbook: what the files sheet.c, frame.c, chart.c share.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_REPORT_WRITER_H
#define FAB_REPORT_WRITER_H

#include "book.h"
#include "buffer.h"
#include "pattern.h"
#include "styles.h"

struct fab_writer {
    const struct fab_book *book;
    lxw_workbook *workbook;
    lxw_worksheet *worksheet; /* of the sheet at hand */
    const struct fab_sheet *sheet;
    struct fab_styles styles;
    struct fab_buffer formula;
    double *widths;  /* characters, of each column of the sheet */
    lxw_error error; /* the first one of libxlsxwriter */
};

/* Keeps the first error of libxlsxwriter. */
void fab_writer_note(struct fab_writer *writer, lxw_error error);

/* Writes a book into path with libxlsxwriter. Its temporary files are made in folder, already without a name. Only fab_verify_workbook says
 * whether the file is whole: workbook_close reports success on a full temporary disk. */
fab_status fab_workbook_write(const struct fab_book *book, const char *path, const char *folder);

/* Cells, totals, table or filter, conditional formats. */
fab_status fab_writer_fill_sheet(struct fab_writer *writer);

/* Sets the width of every column: as wide as its text, within bounds beyond which text wraps. O(cells). */
void fab_writer_set_widths(struct fab_writer *writer);

/* Lines that a header, a cell take at the widths set; the labels of a series stay on one line. */
int fab_writer_header_lines(const struct fab_writer *writer, int column);
int fab_writer_cell_lines(const struct fab_writer *writer, int column, const struct fab_cell *cell);

/* One conditional format over a column of a list, over the rows of a measure of a series. */
fab_status fab_writer_add_rule(struct fab_writer *writer, const struct fab_report_rule *rule);

/* Title, text, master check, header, page, panes, protection; the cover's list of sheets and legend. */
void fab_writer_frame_sheet(struct fab_writer *writer);

/* Charts below the data. */
fab_status fab_writer_add_charts(struct fab_writer *writer);

/* Text of the master check as the tables have it, and its formula. */
bool fab_book_is_proved(const struct fab_book *book);
const char *fab_master_text(bool good);
void fab_add_master_formula(const struct fab_book *book, const struct fab_sheet *sheet, struct fab_buffer *formula);

/* Compares a workbook with the book, cell by cell: every part parses, every sheet is there with every value, every formula has its value,
 * every number is finite. FAB_OUTPUT with the first difference. */
fab_status fab_verify_workbook(const struct fab_book *book, const char *path);

#endif
