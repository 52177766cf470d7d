/* Which rows a key names. The change marks them in a column where that is seen.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "change_fixture.h"

#include "change_key.h"

/* The ids of the first column whose rows a key names, with blanks between: found by setting `column` to a value that no row has. */
static void assert_names(struct fixture *fixture, const char *table, const char *key, const char *column, const char *expected)
{
    char line[1024], found[1024] = "";
    const char *const lines[] = {line, NULL};
    const struct fab_table_def *def = fab_dictionary_find(table);
    const struct fab_column *marked = &def->columns[fab_table_def_find_column(def, column)];
    fab_model *base = load_fab(fixture, NULL), *changed = NULL;
    snprintf(line, sizeof line, "%s,%s,%s,set,0.125,,", table, key, column);
    fixture_ok(fixture, change_model(fixture, base, lines, &changed));
    for (int r = 0; r < *fab_model_row_count(changed, def); r++) {
        const char *row = *fab_model_rows(changed, def) + (size_t)r * def->record_size;
        const struct fab_column *first = &def->columns[0];
        const struct fab_table_def *parent = first->type == FAB_COLUMN_REF ? fab_dictionary_find(first->ref) : NULL;
        const char *id = parent ? fab_member_text(&parent->columns[0], *fab_model_rows(changed, parent) + (size_t)fab_member_reference(first, row) * parent->record_size)
                                : fab_member_text(first, row);
        if (fab_member_number(marked, row) == 0.125)
            snprintf(found + strlen(found), sizeof found - strlen(found), "%s%s", found[0] ? " " : "", id);
    }
    if (strcmp(found, expected) != 0)
        fail_msg("%s names '%s', not '%s'", key, found, expected);
    fab_model_free(base);
    fab_model_free(changed);
}

static void ids_lists_and_patterns(void **state)
{
    struct fixture *fixture = *state;
    assert_names(fixture, "tool_group", "ETCH", "availability", "ETCH");
    assert_names(fixture, "tool_group", "ETCH|POWER", "availability", "ETCH POWER");
    assert_names(fixture, "tool_group", "*", "availability", "ETCH LITHO POWER");
    assert_names(fixture, "tool_group", "*T*H*", "availability", "ETCH LITHO");
    assert_names(fixture, "tool_group", "P*|*O", "availability", "LITHO POWER");
    assert_names(fixture, "tool_group", "ETCH*", "availability", "ETCH"); /* a star may be nothing */
}

static void parts_stand_for_the_key_columns_in_order(void **state)
{
    struct fixture *fixture = *state;
    assert_names(fixture, "dependency", "BUY_PART/TW", "share", "BUY_PART");
    assert_names(fixture, "dependency", "*/TW", "share", "BUY/CHIP BUY_PART");
    assert_names(fixture, "dependency", "BUY_*/KR|TW", "share", "BUY_PART BUY_PART");
    assert_names(fixture, "route_step", "R/20", "sample_frac", "R");
    assert_names(fixture, "route_step", "R/20.0", "sample_frac", "R"); /* numbers compare as numbers */
    assert_names(fixture, "shipment_limit", "C1/CHIP", "max_per_week", "C1"); /* dates are left out */
    assert_change(fixture, "capex_budget,*,usd,set,7,,", "capex_budget", "from_date,usd\n2027-01-01,7\n2027-03-01,7\n"); /* the only key is a date */
}

static void optional_parts_may_be_left_out(void **state)
{
    struct fixture *fixture = *state;
    assert_names(fixture, "tool_alternate", "ETCH/LITHO", "hours_ratio", "ETCH ETCH");
    assert_names(fixture, "tool_alternate", "ETCH/LITHO/R", "hours_ratio", "ETCH");
    assert_names(fixture, "tool_alternate", "ETCH/LITHO/*/10", "hours_ratio", "ETCH");
    assert_names(fixture, "tool_alternate", "ETCH/LITHO/*", "hours_ratio", "ETCH ETCH"); /* a star meets the empty ones too */
    assert_change(fixture, "tool_alternate,ETCH/LITHO;route=,hours_ratio,set,0.5,,", "tool_alternate",
                  "tool_group,alternate,route,step,hours_ratio\nETCH,LITHO,,,0.5\nETCH,LITHO,R,10,1.5\n");
    assert_change(fixture, "tool_alternate,ETCH/LITHO//,hours_ratio,set,0.5,,", "tool_alternate",
                  "tool_group,alternate,route,step,hours_ratio\nETCH,LITHO,,,0.5\nETCH,LITHO,R,10,1.5\n");
}

static void a_backslash_takes_the_next_character_as_itself(void **state)
{
    struct fixture *fixture = *state;
    assert_names(fixture, "dependency", "BUY\\/CHIP/TW", "share", "BUY/CHIP");
    assert_names(fixture, "dependency", "BUY*CHIP/TW", "share", "BUY/CHIP"); /* a star crosses a slash of an id */
    assert_finding(fixture, "dependency,BUY/CHIP/TW,share,set,0.125,,", "key has 3 parts, must be source/region");
    assert_finding(fixture, "tool_group,E\\*,availability,set,0.125,,", "key is 'E\\*', must meet a row of table tool_group");
}

static void conditions_on_columns_of_the_table(void **state)
{
    struct fixture *fixture = *state;
    assert_names(fixture, "tool_group", "*;line=LOGIC;lead_time_days=30", "availability", "ETCH");
    assert_names(fixture, "tool_group", "*;lead_time_days=30.0|6e1", "availability", "ETCH LITHO");
    assert_names(fixture, "tool_group", "*;lead_time_days!=30", "availability", "LITHO POWER");
    assert_names(fixture, "tool_group", "*;supply_mw=0", "availability", "ETCH LITHO"); /* an empty cell is its default */
    assert_names(fixture, "tool_group", "*;supply_mw=", "availability", "ETCH LITHO");
    assert_names(fixture, "tool_group", "*;removal_usd=", "availability", "ETCH LITHO POWER"); /* no default: empty */
    assert_names(fixture, "tool_group", "*;name=L*|G?s|Gas", "availability", "LITHO POWER");
    assert_names(fixture, "source", "*;process=P", "units_per_start", "MAKE");
    assert_names(fixture, "source", "*;route=", "units_per_start", "BUY/CHIP BUY_PART");
    assert_names(fixture, "source", "*;item!=CHIP|DIE", "units_per_start", "BUY_PART");
    assert_names(fixture, "demand", "*;class=firm;customer=C1", "min_fill", "D1 D2");
}

static void conditions_on_dates(void **state)
{
    struct fixture *fixture = *state;
    assert_names(fixture, "demand", "*;due_date=2027-02-20", "min_fill", "D2");
    assert_names(fixture, "demand", "*;due_date=2027-03", "min_fill", "D3"); /* a month is its first day */
    assert_names(fixture, "demand", "*;due_date=2027-0*-20", "min_fill", "D2");
    assert_names(fixture, "source", "*;available_from=", "units_per_start", "BUY/CHIP BUY_PART");
    assert_names(fixture, "source_limit", "*;to_date=2027-03-01", "min_starts_per_week", "BUY_PART");
}

static void conditions_behind_a_dot(void **state)
{
    struct fixture *fixture = *state;
    assert_names(fixture, "source_limit", "*;source.region=KR", "min_starts_per_week", "BUY_PART BUY_PART");
    assert_names(fixture, "tool_count", "*;tool_group.line=LOGIC", "tools", "LITHO LITHO");
    assert_names(fixture, "source", "*;line.kind=external", "units_per_start", "BUY/CHIP BUY_PART");
    assert_names(fixture, "source", "*;line.kind!=external", "units_per_start", "MAKE");
    assert_names(fixture, "source", "*;route.lot_size=25", "units_per_start", "MAKE");       /* of a default */
    assert_names(fixture, "source", "*;process.model=", "units_per_start", "BUY/CHIP BUY_PART"); /* no process: no model */
    assert_names(fixture, "source_cost", "*;source.line.kind=logic", "usd_per_start", "MAKE MAKE");
}

static void keys_that_are_wrong(void **state)
{
    struct fixture *fixture = *state;
    assert_finding(fixture, "tool_group,,availability,set,0.1,,", "changes.csv:2:16: key is empty, must name rows of table tool_group");
    assert_finding(fixture, "tool_group,LITO,availability,set,0.1,,", "changes.csv:2:16: key is 'LITO', must meet a row of table tool_group (LITHO?)");
    assert_finding(fixture, "source_cost,MAK,usd_per_start,set,1,,", "key is 'MAK', must meet a row of table source_cost (MAKE?)");
    assert_finding(fixture, "dependency,MAKE,share,set,0.1,,", "key has 1 part, must be source/region, the key of table dependency without its dates");
    assert_finding(fixture, "capex_budget,2027,usd,set,1,,", "key has 1 part, must be *");
    assert_finding(fixture, "tool_group,*;lin=LOGIC,availability,set,0.1,,", "key has a condition on 'lin', must be a column of table tool_group (line?)");
    assert_finding(fixture, "source_cost,*;source.regio=KR,usd_per_start,set,1,,", "condition on 'regio', must be a column of table source (region?)");
    assert_finding(fixture, "source,*;region.name=KR,units_per_start,set,1,,", "a dot behind 'region'");
    assert_finding(fixture, "tool_group,*;line,availability,set,0.1,,", "key has the condition 'line', must be column=value");
    assert_finding(fixture, "tool_group,*;tools=two,availability,set,0.1,,", "key has 'two' for tools, must be a plain decimal number");
    assert_finding(fixture, "demand,*;due_date=soon,quantity,set,1,,", "key has 'soon' for due_date, must be a date");
    assert_finding(fixture, "tool_group,*;lead_time_days=7,availability,set,0.1,,", "must meet a row of table tool_group");
}

static void escape_is_undone_by_unescape(void **state)
{
    static const char *const ids[] = {"plain", "a/b", "a|b;c=d*e\\f", "\\\\", ""};
    char text[64];
    fab_arena *arena = fab_arena_new();
    (void)state;
    for (size_t i = 0; i < sizeof ids / sizeof *ids; i++) {
        const char *escaped = fab_change_escape(arena, ids[i]);
        assert_int_equal(fab_key_unescape(escaped, strlen(escaped), text, sizeof text), strlen(ids[i]));
        assert_string_equal(text, ids[i]);
    }
    assert_string_equal(fab_change_escape(arena, "a/b*"), "a\\/b\\*");
    fab_arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        CHANGE_TEST(ids_lists_and_patterns),
        CHANGE_TEST(parts_stand_for_the_key_columns_in_order),
        CHANGE_TEST(optional_parts_may_be_left_out),
        CHANGE_TEST(a_backslash_takes_the_next_character_as_itself),
        CHANGE_TEST(conditions_on_columns_of_the_table),
        CHANGE_TEST(conditions_on_dates),
        CHANGE_TEST(conditions_behind_a_dot),
        CHANGE_TEST(keys_that_are_wrong),
        cmocka_unit_test(escape_is_undone_by_unescape),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
