/* The program of a model: every tag finds its member, every member has a tag, names say what they are, and nothing is in the program that was not put there.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "nothing.h"
#include "plan_fixture.h"
#include "workshop.h"

/* ---- tags and names ---- */

static void check_tag(const fab_program *program, struct fab_tag tag, fab_side side, int place)
{
    assert_true(tag.family >= 0 && tag.family < program->family_count);
    assert_int_equal(program->family[tag.family].side, side);
    assert_int_equal(fab_program_find(program, tag), place);
    if (tag.b == FAB_NONE)
        assert_int_equal(fab_program_at(program, tag.family, tag.a, tag.period), place);
}

/* Every member of the LP has a tag that finds it. */
static void members_are_found_by_tag(struct world *world, int seed)
{
    const fab_program *program = world->program;
    (void)seed;
    for (int j = 0; j < program->lp->column_count; j++)
        check_tag(program, program->lp->column[j].tag, FAB_SIDE_COLUMN, j);
    for (int i = 0; i < program->lp->row_count; i++)
        check_tag(program, program->lp->row[i].tag, FAB_SIDE_ROW, i);
}

/* Every place of every block is a member that knows this place, and together they are all. */
static void blocks_hold_all_members(struct world *world, int seed)
{
    const fab_program *program = world->program;
    int found[2] = {0, 0};
    (void)seed;
    for (int f = 0; f < program->family_count; f++) {
        const struct fab_block *block = &program->block[f];
        assert_int_equal(block->periods, block->shape.periods ? world->terms->period_count : 1);
        for (int a = 0; a < block->shape.a; a++)
            for (int b = 0; b < block->shape.b; b++)
                for (int t = 0; t < block->periods; t++) {
                    int place = block->place[(a * block->shape.b + b) * block->periods + t];
                    if (place == FAB_NONE)
                        continue;
                    struct fab_tag tag = program->family[f].side == FAB_SIDE_COLUMN ? program->lp->column[place].tag : program->lp->row[place].tag;
                    assert_int_equal(tag.family, f);
                    assert_int_equal(tag.a, a);
                    assert_int_equal(tag.b == FAB_NONE ? 0 : tag.b, b);
                    assert_int_equal(tag.period, block->shape.periods ? t : FAB_NONE);
                    found[program->family[f].side]++;
                }
    }
    assert_int_equal(found[FAB_SIDE_COLUMN], program->lp->column_count);
    assert_int_equal(found[FAB_SIDE_ROW], program->lp->row_count);
}

/* code[subject,detail,period], made from the label alone. */
static void check_name(const fab_program *program, struct fab_tag tag, const char *name)
{
    struct fab_label label;
    char expected[2 * FAB_DETAIL_SIZE + 100];
    int used = snprintf(expected, sizeof expected, "%s[", program->family[tag.family].code);
    const char *separator = "";
    fab_program_label(program, tag, &label);
    const char *part[] = {label.subject, label.detail, tag.period == FAB_NONE ? "" : program->terms->period[tag.period].name};
    for (int p = 0; p < 3; p++)
        if (*part[p]) {
            used += snprintf(expected + used, sizeof expected - (size_t)used, "%s%s", separator, part[p]);
            separator = ",";
        }
    snprintf(expected + used, sizeof expected - (size_t)used, "]");
    assert_string_equal(name, expected);
}

static int compare_names(const void *left, const void *right)
{
    const char *const *a = left, *const *b = right;
    return strcmp(*a, *b);
}

static void check_unique(const char **names, int count)
{
    qsort(names, (size_t)count, sizeof *names, compare_names);
    for (int n = 1; n < count; n++)
        assert_string_not_equal(names[n - 1], names[n]);
}

static void names_are_unique_and_say_who(struct world *world, int seed)
{
    const fab_lp *lp = world->program->lp;
    const char **names = calloc((size_t)(lp->column_count + lp->row_count) + 1, sizeof *names);
    (void)seed;
    for (int j = 0; j < lp->column_count; j++) {
        check_name(world->program, lp->column[j].tag, lp->column[j].name);
        names[j] = lp->column[j].name;
    }
    check_unique(names, lp->column_count);
    for (int i = 0; i < lp->row_count; i++) {
        check_name(world->program, lp->row[i].tag, lp->row[i].name);
        names[i] = lp->row[i].name;
    }
    check_unique(names, lp->row_count);
    free(names);
}

/* ---- coefficients and money ---- */

struct cell {
    int row, column;
    double value;
};

static int compare_cells(const void *left, const void *right)
{
    const struct cell *a = left, *b = right;
    return a->column != b->column ? (a->column > b->column) - (a->column < b->column) : (a->row > b->row) - (a->row < b->row);
}

/* Addends, summed place by place, are the sealed matrix, but for rows that are read as a whole: the same places and the same values. */
static void addends_sum_to_the_matrix(struct world *world, int seed)
{
    const fab_program *program = world->program;
    const fab_lp *lp = program->lp;
    struct cell *cells = calloc((size_t)program->addend_count + 1, sizeof *cells);
    int matched = 0;
    (void)seed;
    for (int a = 0; a < program->addend_count; a++)
        cells[a] = (struct cell){program->addend[a].row, program->addend[a].column, program->addend[a].value};
    qsort(cells, (size_t)program->addend_count, sizeof *cells, compare_cells);
    for (int a = 0, next; a < program->addend_count; a = next) {
        double sum = 0, most = 0;
        for (next = a; next < program->addend_count && compare_cells(&cells[a], &cells[next]) == 0; next++) {
            sum += cells[next].value;
            most = fmax(most, fabs(cells[next].value));
        }
        double sealed = coefficient(lp, cells[a].row, cells[a].column);
        assert_close(sealed, sum, 1e-14, 1e-14 * most);
        matched += sealed != 0;
    }
    for (int k = 0; k < lp->nonzero_count; k++)
        matched += program->family[lp->row[lp->row_index[k]].tag.family].as_a_whole;
    assert_int_equal(matched, lp->nonzero_count);
    free(cells);
}

static void money_sums_to_the_objective(struct world *world, int seed)
{
    const fab_program *program = world->program;
    const fab_lp *lp = program->lp;
    double *sum = calloc((size_t)lp->column_count + 1, sizeof *sum), *x = calloc((size_t)lp->column_count + 1, sizeof *x);
    double totals[FAB_MONEY_COUNT], whole = lp->objective_constant, constant = 0, parts = 0, scale = 1;
    for (int a = 0; a < program->amount_count; a++) {
        assert_true(program->amount[a].usd != 0);
        sum[program->amount[a].column] += program->amount[a].usd;
    }
    for (int j = 0; j < lp->column_count; j++) {
        assert_close(sum[j], lp->column[j].objective, 1e-14, 0);
        x[j] = (j * 37 + seed) % 11;
        whole += lp->column[j].objective * x[j];
        scale += fabs(lp->column[j].objective * x[j]);
    }
    fab_program_totals(program, x, totals);
    for (int k = 0; k < FAB_MONEY_COUNT; k++) {
        constant += program->constant[k];
        parts += totals[k];
    }
    assert_close(constant, lp->objective_constant, 1e-14, 0);
    assert_close(parts, whole, 0, 1e-13 * scale);
    free(sum);
    free(x);
}

/* Money of a kind has the sign of the kind: what is earned, what is spent, what is a penalty. Only an hour that moves saves power where it comes from. */
static void money_has_its_sign(struct world *world, int seed)
{
    (void)seed;
    for (int a = 0; a < world->program->amount_count; a++) {
        const struct fab_amount *amount = &world->program->amount[a];
        bool earned = amount->kind == FAB_MONEY_REVENUE || amount->kind == FAB_MONEY_END_VALUE;
        if (world->program->lp->column[amount->column].tag.family == FAB_MOVED)
            continue;
        assert_true(earned ? amount->usd > 0 : amount->usd < 0);
    }
    for (int k = 0; k < FAB_MONEY_COUNT; k++)
        assert_true(k == FAB_MONEY_POWER ? world->program->constant[k] <= 0 : world->program->constant[k] == 0);
}

/* In the drawn fabs the constants fit: doing nothing is a plan. */
static void doing_nothing_is_feasible(struct world *world, int seed)
{
    fab_lp_solution *nothing = NULL;
    fab_lp_certificate certificate;
    world_ok(world, fab_nothing_find(world->context, world->program, &nothing, &certificate));
    if (!nothing)
        fail_msg("fab %d: doing nothing is broken by %g, %g", seed, certificate.row_residual, certificate.column_residual);
    assert_true(certificate.bound >= certificate.objective);
    fab_lp_solution_free(nothing);
}

static void look(struct world *world, int seed)
{
    members_are_found_by_tag(world, seed);
    blocks_hold_all_members(world, seed);
    names_are_unique_and_say_who(world, seed);
    addends_sum_to_the_matrix(world, seed);
    money_sums_to_the_objective(world, seed);
    money_has_its_sign(world, seed);
    doing_nothing_is_feasible(world, seed);
}

static void drawn_fabs_are_what_was_put_into_them(void **state)
{
    (void)state;
    assert_int_equal(world_each_fab(false, look), WORLD_RANDOM_FABS);
}

static void the_sample_is_what_was_put_into_it(void **state)
{
    struct world world;
    (void)state;
    world_of_data(&world, "terafab");
    world_build(&world);
    members_are_found_by_tag(&world, 0);
    blocks_hold_all_members(&world, 0);
    addends_sum_to_the_matrix(&world, 0);
    money_sums_to_the_objective(&world, 0);
    world_finish(&world);
}

/* ---- the workshop: a member of every family, by name ---- */

static void every_family_has_a_name(void **state)
{
    static const char *const columns[] = {"x[WAFERS,P1]", "lackmin[BUY,P1]", "I[GOOD,P1]", "z[GOOD,P1]", "m[CHIP>OLD,P1]", "y[D1,P2]",
                                          "short[D1]",    "lack[D1]",        "n[LITHO,P1]", "r[LITHO,P3]", "off[LITHO>ETCH,R,10,P1]",
                                          "go[WAFERS,0.5]", "go_in[WAFERS,0.5,P2]", "wait[WAFERS,0.5]", "rise[WAFERS,P2]", "fall[WAFERS,P3]", "more[x,WAFERS,P1]", "less[n,LITHO,P1]", "use[WAFERS,P1]", "times[WAFERS,P1]", "taken[D1]", "boxes[D1,P2]", "below[GOOD,BANK,P1]", "behind[ACME,CHIP,2027-01-12]"};
    static const char *const rows[] = {"BAL[GOOD,P1]", "CAP[LITHO,P1]", "RMV[LITHO,P1]", "OFF[LITHO,P1]", "OFF[LITHO,R,P1]", "OFF[LITHO,R,10,P1]",
                                       "DEM[D1]", "MIN[D1]", "SHP[ACME,CHIP,P1]", "SRC[BUY,P1]", "LIN[FAB,P2]", "LIN[FAB,ramp,P2]", "PWR[HOME,P1]",
                                       "DLV[LITHO,2027-01-11]", "FLR[FAB,P1]", "BUD[P1]", "WIP[WAFERS,0.5]", "CHG[WAFERS,P2]", "FRZ[go,WAFERS,0.5]", "USE[WAFERS,P1]", "LOT[WAFERS,P1]", "MUL[WAFERS,P1]", "WHO[D1]", "BOX[D1,P2]", "TGT[GOOD,BANK,P1]", "SUB[ACME,OLD,P1]", "MIX[BUY,P1]", "MIX[BUY,most,P1]", "CUM[ACME,CHIP,2027-01-12]", "CUM[ACME,CHIP,2027-01-12,most]"};
    bool seen[FAB_FAMILIES] = {false};
    struct world world;
    (void)state;
    world_of_text(&world, workshop, "@lot\nlot,source,start_time,wafers,progress,status\nL1,WAFERS,2027-01-01T00:00:00,5,0.5,active\n"
                  "@stock_target\nitem,target,from_date,quantity,shortfall_usd_per_unit_week\nGOOD,BANK,2027-01-04,8,2\n"
                  "@substitute\nitem,instead_of,usd_per_unit,consumer\nCHIP,OLD,3,\nCHIP,OLD,3,ACME\n@source_mix\nitem,source,from_date,min_share,max_share\nOLD,BUY,2027-01-04,0.2,0.9\n"
                  "@ship_target\ncustomer,item,by_date,min_quantity,max_quantity\nACME,CHIP,2027-01-12,20,80\n");
    struct fab_old_plan old = {.freeze_days = 7};
    world.model->movement = true;
    world.model->whole = true;
    world.model->source[find_source(&world, "WAFERS")].min_lot = 2;
    world.model->source[find_source(&world, "WAFERS")].starts_multiple = 25;
    world.model->demand[find_demand(&world, "D1")].whole = true;
    world.model->demand[find_demand(&world, "D1")].ship_multiple = 5;
    world.model->old = &old;
    world_build(&world);
    for (size_t n = 0; n < sizeof columns / sizeof *columns; n++)
        seen[world.program->lp->column[find_column(&world, columns[n])].tag.family] = true;
    for (size_t n = 0; n < sizeof rows / sizeof *rows; n++)
        seen[world.program->lp->row[find_row(&world, rows[n])].tag.family] = true;
    for (int f = 0; f < FAB_FAMILIES; f++)
        assert_true(seen[f] || f == FAB_POL || f == FAB_UNDER); /* the stages add them */
    world_finish(&world);
}

static void the_table_of_families_is_whole(void **state)
{
    (void)state;
    for (int f = 0; f < FAB_FAMILIES; f++) {
        const struct fab_family *family = &fab_families[f];
        assert_true(*family->code && *family->name && *family->meaning && family->unit && family->shape && family->label);
        assert_true((family->reason_code == NULL) == (family->reason == NULL));
        assert_true(family->side == FAB_SIDE_ROW || !family->reason_code);
        assert_int_equal(family->side, f < FAB_BAL ? FAB_SIDE_COLUMN : FAB_SIDE_ROW);
        for (int other = 0; other < f; other++)
            assert_string_not_equal(fab_families[other].code, family->code);
    }
}

static void what_does_not_exist_is_not_found(void **state)
{
    struct world world;
    (void)state;
    world_of_text(&world, workshop, NULL);
    world_build(&world);
    const fab_program *program = world.program;
    int count = program->addend_count;
    assert_int_equal(fab_program_at(program, FAB_X, find_source(&world, "BUY"), 2), FAB_NONE);           /* not available any more */
    assert_int_equal(fab_program_at(program, FAB_N, find_tool_group(&world, "ETCH"), 0), FAB_NONE);      /* not buyable */
    assert_int_equal(fab_program_at(program, FAB_R, find_tool_group(&world, "ETCH"), 0), FAB_NONE);      /* not removable */
    assert_int_equal(fab_program_at(program, FAB_N, find_tool_group(&world, "LITHO"), 2), FAB_NONE);     /* comes after the last period's start */
    assert_int_equal(fab_program_at(program, FAB_LACK, find_demand(&world, "D2"), FAB_NONE), FAB_NONE);  /* a promise of 0 */
    assert_int_equal(fab_program_at(program, FAB_Y, find_demand(&world, "D1"), 2), FAB_NONE);            /* too late */
    assert_int_equal(fab_program_at(program, FAB_PWR, find_site(&world, "AWAY"), 0), FAB_NONE);          /* no power limit */
    assert_int_equal(fab_program_at(program, FAB_FLR, find_line(&world, "OUT"), 0), FAB_NONE);           /* no floor limit */
    assert_int_equal(fab_program_find(program, (struct fab_tag){FAB_LIN, 0, FAB_LIN_RATE, 0}), FAB_NONE); /* before its window */
    assert_int_equal(fab_program_at(program, FAB_POL, 0, FAB_NONE), FAB_NONE);
    assert_true(fab_program_put(world.program, FAB_NONE, 0, 1) && fab_program_put(world.program, 0, FAB_NONE, 1)); /* nothing is added */
    assert_int_equal(program->addend_count, count);
    world_finish(&world);
}

/* ---- hours of decisions ---- */

static double hours_seen[3][3]; /* [LITHO, ETCH, other][period] of one unit of every column */
static int hours_calls;

static bool add_hours(fab_program *program, int column, int tool_group, int period, double hours)
{
    const char *group = program->terms->model->tool_group[tool_group].tool_group;
    assert_true(column != FAB_NONE);
    hours_seen[strcmp(group, "LITHO") == 0 ? 0 : strcmp(group, "ETCH") == 0 ? 1 : 2][period] += hours;
    hours_calls++;
    return true;
}

static bool refuse(fab_program *program, int column, int tool_group, int period, double hours)
{
    (void)program, (void)column, (void)tool_group, (void)period, (void)hours;
    return ++hours_calls < 3;
}

/* One start in every period and one hour moved: LITHO 1 - 1, ETCH 0.9 h spread and 2 h moved on. */
static void hours_come_one_by_one(void **state)
{
    struct world world;
    (void)state;
    world_of_text(&world, workshop, NULL);
    world_build(&world);
    assert_true(fab_program_each_hours(world.program, add_hours));
    const double etch[] = {0.9 * 0.5 + 2, 0.9 * (0.5 + 0.75) + 2, 0.9 * (0.25 + 0.5) + 2};
    for (int u = 0; u < 3; u++) {
        assert_close(hours_seen[0][u], 0, 0, 1e-14);
        assert_close(hours_seen[1][u], etch[u], 1e-12, 0);
        assert_true(hours_seen[2][u] == 0);
    }
    hours_calls = 0;
    assert_false(fab_program_each_hours(world.program, refuse));
    assert_int_equal(hours_calls, 3); /* and no further */
    world_finish(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(drawn_fabs_are_what_was_put_into_them), cmocka_unit_test(the_sample_is_what_was_put_into_it),
        cmocka_unit_test(every_family_has_a_name),               cmocka_unit_test(the_table_of_families_is_whole),
        cmocka_unit_test(what_does_not_exist_is_not_found),      cmocka_unit_test(hours_come_one_by_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
