/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "html_flow.h"

#include "fail.h"
#include "html_text.h"
#include "try.h"

#include <math.h>
#include <string.h>

enum { NODE_WIDTH = 14, MARGIN = 8, GAP = 14, COLOURS = 8, LABEL_ROOM = 170 };

struct node {
    const char *name;
    int column;
    double in, out;          /* what flows in and out */
    double y, height;        /* of the drawing */
    double y_in, y_out;      /* where the next ribbon begins */
};

struct link {
    int from, to;
    double amount;
};

struct flow {
    struct fab_buffer *page;
    const struct fab_book *book;
    const struct fab_sheet *sheet;
    enum fab_number number;
    struct node *node;
    struct link *link;
    int nodes, links, columns;
    double scale; /* units of the drawing for each unit that flows */
};

static int find_node(struct flow *flow, const char *name)
{
    for (int n = 0; n < flow->nodes; n++)
        if (strcmp(flow->node[n].name, name) == 0)
            return n;
    flow->node[flow->nodes] = (struct node){.name = name};
    return flow->nodes++;
}

static fab_status find_column(const struct flow *flow, const struct fab_words *words, int index, int *column)
{
    if (index >= words->count)
        return fab_fail(flow->book->context, FAB_INPUT, "%s: a chart of flows has two categories and one series", flow->sheet->report->origin);
    *column = fab_sheet_find_column(flow->sheet, words->items[index].text);
    return *column >= 0 ? FAB_OK
                        : fab_fail(flow->book->context, FAB_INPUT, "%s:%d: there is no column `%s`", flow->sheet->report->origin, words->items[index].line, words->items[index].text);
}

static fab_status gather(struct flow *flow, const struct fab_report_chart *chart)
{
    fab_status status = FAB_OK;
    int from = 0, to = 0, amount = 0, rows = fab_sheet_rows(flow->sheet);
    TRY(find_column(flow, &chart->categories, 0, &from));
    TRY(find_column(flow, &chart->categories, 1, &to));
    TRY(find_column(flow, &chart->series, 0, &amount));
    TRY_MEMORY(flow->book->context, flow->node = fab_arena_take(flow->book->arena, (size_t)rows * 2 + 1, sizeof *flow->node));
    TRY_MEMORY(flow->book->context, flow->link = fab_arena_take(flow->book->arena, (size_t)rows + 1, sizeof *flow->link));
    for (int r = 0; r < rows; r++) {
        struct fab_grid_cell left = fab_sheet_cell(flow->sheet, r, from), right = fab_sheet_cell(flow->sheet, r, to), cell = fab_sheet_cell(flow->sheet, r, amount);
        if (left.value.type != FAB_TEXT || right.value.type != FAB_TEXT || (cell.value.type != FAB_REAL && cell.value.type != FAB_INTEGER) || !(fab_value_number(&cell.value) > 0))
            continue;
        flow->number = chart->number ? (enum fab_number)(chart->number - 1) : cell.number;
        int source = find_node(flow, left.value.text), target = find_node(flow, right.value.text);
        flow->link[flow->links++] = (struct link){source, target, fab_value_number(&cell.value)};
    }
out:
    return status;
}

/* Each node behind the last that flows into it; a circle ends after as many rounds as there are nodes. */
static void place_columns(struct flow *flow)
{
    bool moved = true;
    for (int round = 0; moved && round < flow->nodes; round++) {
        moved = false;
        for (int k = 0; k < flow->links; k++) {
            int *to = &flow->node[flow->link[k].to].column, behind = flow->node[flow->link[k].from].column + 1;
            moved = moved || *to < behind;
            *to = *to < behind ? behind : *to;
        }
    }
    for (int n = 0; n < flow->nodes; n++)
        flow->columns = flow->node[n].column >= flow->columns ? flow->node[n].column + 1 : flow->columns;
}

static void measure(struct flow *flow)
{
    flow->scale = (double)INFINITY;
    for (int k = 0; k < flow->links; k++) {
        flow->node[flow->link[k].from].out += flow->link[k].amount;
        flow->node[flow->link[k].to].in += flow->link[k].amount;
    }
    for (int c = 0; c < flow->columns; c++) {
        double sum = 0;
        int count = 0;
        for (int n = 0; n < flow->nodes; n++)
            if (flow->node[n].column == c) {
                sum += fmax(flow->node[n].in, flow->node[n].out);
                count++;
            }
        if (sum > 0)
            flow->scale = fmin(flow->scale, fmax(1, FAB_HTML_FLOW_HEIGHT - 2.0 * MARGIN - GAP * (count - 1)) / sum);
    }
}

static void place_nodes(struct flow *flow)
{
    for (int c = 0; c < flow->columns; c++) {
        double y = MARGIN;
        for (int n = 0; n < flow->nodes; n++) {
            struct node *node = &flow->node[n];
            if (node->column != c)
                continue;
            node->height = flow->scale * fmax(node->in, node->out);
            node->y = node->y_in = node->y_out = y;
            y += node->height + GAP;
        }
    }
}

static double x_of(const struct flow *flow, int column)
{
    return flow->columns < 2 ? MARGIN : MARGIN + (double)column * (FAB_HTML_FLOW_WIDTH - 2 * MARGIN - NODE_WIDTH - LABEL_ROOM) / (flow->columns - 1);
}

static void add_link(const struct flow *flow, const struct link *link)
{
    struct node *from = &flow->node[link->from], *to = &flow->node[link->to];
    double width = link->amount * flow->scale, x1 = x_of(flow, from->column) + NODE_WIDTH, x2 = x_of(flow, to->column), middle = (x1 + x2) / 2;
    if (to->column <= from->column)
        return;
    fab_buffer_print(flow->page, "<path class=\"ribbon r%d\" stroke-width=\"%.2f\" d=\"M%.1f %.1fC%.1f %.1f %.1f %.1f %.1f %.1f\"><title>", link->from % COLOURS, fmax(0.5, width), x1,
                     from->y_out + width / 2, middle, from->y_out + width / 2, middle, to->y_in + width / 2, x2, to->y_in + width / 2);
    fab_html_add_text(flow->page, from->name);
    fab_html_add(flow->page, " → ");
    fab_html_add_text(flow->page, to->name);
    fab_html_add(flow->page, ": ");
    fab_html_add_number(flow->page, link->amount, flow->number);
    fab_html_add(flow->page, "</title></path>\n");
    from->y_out += width;
    to->y_in += width;
}

static void add_node(const struct flow *flow, int n)
{
    const struct node *node = &flow->node[n];
    double x = x_of(flow, node->column);
    fab_buffer_print(flow->page, "<rect class=\"s%d\" x=\"%.1f\" y=\"%.1f\" width=\"%d\" height=\"%.2f\"><title>", n % COLOURS, x, node->y, NODE_WIDTH, fmax(1, node->height));
    fab_html_add_text(flow->page, node->name);
    fab_html_add(flow->page, ": ");
    fab_html_add_number(flow->page, fmax(node->in, node->out), flow->number);
    fab_buffer_print(flow->page, "</title></rect><text x=\"%.1f\" y=\"%.1f\">", x + NODE_WIDTH + 4, node->y + fmax(1, node->height) / 2 + 4);
    fab_html_add_text(flow->page, node->name);
    fab_html_add(flow->page, "</text>\n");
}

fab_status fab_html_add_flow(struct fab_buffer *page, const struct fab_book *book, const struct fab_sheet *sheet, const struct fab_report_chart *chart)
{
    struct flow flow = {.page = page, .book = book, .sheet = sheet};
    fab_status status = gather(&flow, chart);
    if (status != FAB_OK || flow.links == 0)
        return status;
    place_columns(&flow);
    measure(&flow);
    place_nodes(&flow);
    for (int k = 0; k < flow.links; k++)
        add_link(&flow, &flow.link[k]);
    for (int n = 0; n < flow.nodes; n++)
        add_node(&flow, n);
    return FAB_OK;
}
