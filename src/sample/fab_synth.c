/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fab_synth.h"

#include "date.h"
#include "fail.h"
#include "output.h"
#include "synth.h"
#include "try.h"

#include <inttypes.h>
#include <math.h>
#include <stdarg.h>

static const double load_least = 0.01, load_most = 10;

int synth_draw(fab_random *random, int low, int high)
{
    return low + fab_random_below(random, high - low + 1);
}

const char *synth_name(struct synth *synth, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    const char *name = fab_arena_vprintf(synth->arena, format, arguments);
    va_end(arguments);
    synth->short_of_memory |= name == NULL;
    return name ? name : "";
}

static fab_status check_number(fab_context *context, const char *what, int number, const int range[2])
{
    if (number >= range[0] && number <= range[1])
        return FAB_OK;
    return fab_fail(context, FAB_USAGE, "a drawn fab of %d %s: the number must be %d to %d", number, what, range[0], range[1]);
}

static fab_status read_request(struct synth *synth, const struct fab_synth_request *request)
{
    fab_status status = FAB_OK;
    TRY(check_number(synth->context, "products", request->products, (const int[]){FAB_SYNTH_PRODUCTS_LEAST, FAB_SYNTH_PRODUCTS_MOST}));
    TRY(check_number(synth->context, "periods", request->periods, (const int[]){FAB_SYNTH_PERIODS_LEAST, FAB_SYNTH_PERIODS_MOST}));
    TRY(check_number(synth->context, "tool groups", request->tool_groups, (const int[]){FAB_SYNTH_GROUPS_LEAST, FAB_SYNTH_GROUPS_MOST}));
    if (!(request->load >= load_least && request->load <= load_most))
        TRY(fab_fail(synth->context, FAB_USAGE, "the load is %g, must be %g to %g (1: the tools are just enough)", request->load, load_least, load_most));
    synth->options = (struct synth_options){.products = request->products, .periods = request->periods, .tool_groups = request->tool_groups, .seed = request->seed};
    synth->options.load = (int)lround(request->load * SYNTH_MILLI);
    synth->start = fab_date_from_civil(2027, 1, 4); /* a Monday */
out:
    return status;
}

/* Room for all that the phases add: a family a product at most, of every family a die, two routes; of a product a bin, an account and two tiers, three parts. */
static fab_status take_room(struct synth *synth)
{
    enum { ITEMS = 8, BOMS = 8, FIXED = 64, STEPS_A_ROUTE = 64, ACCOUNTS = 3, PROCESSES = 8 };
    fab_status status = FAB_OK;
    fab_arena *arena = synth->arena;
    size_t products = (size_t)synth->options.products, groups = (size_t)synth->options.tool_groups, items = products * ITEMS + FIXED, routes = 2 * products + FIXED;
    TRY_MEMORY(synth->context, synth->group = fab_arena_take(arena, groups, sizeof *synth->group));
    TRY_MEMORY(synth->context, synth->item = fab_arena_take(arena, items, sizeof *synth->item));
    TRY_MEMORY(synth->context, synth->bom = fab_arena_take(arena, products * BOMS + FIXED, sizeof *synth->bom));
    TRY_MEMORY(synth->context, synth->family = fab_arena_take(arena, products, sizeof *synth->family));
    TRY_MEMORY(synth->context, synth->source = fab_arena_take(arena, 2 * items, sizeof *synth->source));
    TRY_MEMORY(synth->context, synth->route = fab_arena_take(arena, routes, sizeof *synth->route));
    TRY_MEMORY(synth->context, synth->step = fab_arena_take(arena, routes * STEPS_A_ROUTE + 2 * groups, sizeof *synth->step));
    TRY_MEMORY(synth->context, synth->account = fab_arena_take(arena, products * ACCOUNTS, sizeof *synth->account));
    TRY_MEMORY(synth->context, synth->process = fab_arena_take(arena, PROCESSES, sizeof *synth->process));
out:
    return status;
}

static void make_fab(struct synth *synth)
{
    synth_make_groups(synth);
    synth_make_items(synth);
    synth_make_sources(synth);
    synth_make_steps(synth);
    synth_make_costs(synth);
    synth_make_accounts(synth);
    synth_balance(synth);
}

static fab_status write_fab(struct synth *synth, const char *folder)
{
    fab_status status = FAB_OK;
    const char *basis = fab_csv_field_of(synth->arena, synth_name(synth, "simulated, seed %" PRIu64, synth->options.seed));
    TRY_MEMORY(synth->context, basis);
    TRY(synth_rows_open(synth->context, &synth->rows, folder, basis));
    synth_write_network(synth);
    synth_write_material(synth);
    synth_write_orders(synth);
    if (fab_context_interrupted(synth->context))
        TRY(fab_fail(synth->context, FAB_INTERRUPTED, "interrupted"));
    TRY_MEMORY(synth->context, !synth->short_of_memory);
    TRY(synth_rows_close(synth->context, &synth->rows));
out:
    return status;
}

static void count_rows(const struct synth *synth, struct fab_synth_counts *counts)
{
    counts->tables = SYNTH_TABLES;
    for (int t = 0; t < SYNTH_TABLES; t++) {
        counts->table[t].name = synth_table_name((enum synth_table)t);
        counts->table[t].rows = synth->rows.file[t].rows;
    }
}

fab_status fab_synth_write(fab_context *context, const struct fab_synth_request *request, struct fab_synth_counts *counts)
{
    struct synth synth = {.context = context};
    const char *temporary = NULL;
    fab_status status = FAB_OK;
    TRY_MEMORY(context, synth.arena = fab_arena_new());
    TRY(read_request(&synth, request));
    TRY(take_room(&synth));
    TRY(fab_folder_begin(context, synth.arena, request->folder, &temporary));
    make_fab(&synth);
    TRY(write_fab(&synth, temporary));
    TRY(fab_folder_commit(context, temporary, request->folder));
    count_rows(&synth, counts);
out:
    if (status != FAB_OK && temporary)
        fab_folder_remove(temporary);
    synth_rows_free(&synth.rows);
    fab_arena_free(synth.arena);
    return status;
}
