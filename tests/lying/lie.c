/* Preloaded between fabplan and GLPK: a solver that lies, gives up or never comes back. LIE says how:
 *   primal FACTOR     values of basic variables are off by the factor, and so is what GLPK solves with the basis
 *   dual FACTOR       multipliers are off by the factor, likewise
 *   digits SHARE      of every solution with the transposed basis only so many digits are right: each value is off by that share of itself
 *   optimal           whatever the simplex method found, its status is "optimal"
 *   abort             GLPK gives up in every run, as after an assertion of its own
 *   abort_simplex     in every run but those in exact arithmetic
 *   abort_once        in its first run
 *   silent            GLPK never comes back and says nothing
 * SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <glpk.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* "dual 1.001" -> true and 1.001. */
static bool lies(const char *kind, double *amount)
{
    const char *lie = getenv("LIE");
    size_t length = strlen(kind);
    if (!lie || strncmp(lie, kind, length) != 0 || (lie[length] != ' ' && lie[length] != '\0'))
        return false;
    *amount = lie[length] ? strtod(lie + length, NULL) : 0;
    return true;
}

/* The function of GLPK that the one of the same name here stands before. */
#define TRUE_FUNCTION(type, name, ...)                                \
    static type (*truth)(__VA_ARGS__);                                \
    if (!truth) {                                                     \
        void *found = dlsym(RTLD_NEXT, name);                         \
        memcpy(&truth, &found, sizeof truth);                         \
    }

int glp_simplex(glp_prob *problem, const glp_smcp *parameters)
{
    static bool before;
    double amount;
    TRUE_FUNCTION(int, "glp_simplex", glp_prob *, const glp_smcp *)
    bool first = !before;
    before = true;
    if (lies("abort", &amount) || lies("abort_simplex", &amount) || (first && lies("abort_once", &amount)))
        glp_error("the solver gave up\n");
    while (lies("silent", &amount))
        pause();
    int code = truth(problem, parameters);
    return lies("optimal", &amount) ? 0 : code;
}

/* The last rung of the ladder. */
int glp_exact(glp_prob *problem, const glp_smcp *parameters)
{
    double amount;
    TRUE_FUNCTION(int, "glp_exact", glp_prob *, const glp_smcp *)
    if (lies("abort", &amount))
        glp_error("the solver gave up\n");
    return truth(problem, parameters);
}

int glp_get_status(glp_prob *problem)
{
    double amount;
    TRUE_FUNCTION(int, "glp_get_status", glp_prob *)
    return lies("optimal", &amount) ? GLP_OPT : truth(problem);
}

double glp_get_col_prim(glp_prob *problem, int column)
{
    double factor;
    TRUE_FUNCTION(double, "glp_get_col_prim", glp_prob *, int)
    return truth(problem, column) * (lies("primal", &factor) ? factor : 1);
}

double glp_get_row_dual(glp_prob *problem, int row)
{
    double factor;
    TRUE_FUNCTION(double, "glp_get_row_dual", glp_prob *, int)
    return truth(problem, row) * (lies("dual", &factor) ? factor : 1);
}

static void scale(glp_prob *problem, double x[], double factor)
{
    for (int i = 1; i <= glp_get_num_rows(problem); i++)
        x[i] *= factor;
}

void glp_ftran(glp_prob *problem, double x[])
{
    double factor;
    TRUE_FUNCTION(void, "glp_ftran", glp_prob *, double *)
    truth(problem, x);
    if (lies("primal", &factor))
        scale(problem, x, factor);
}

void glp_btran(glp_prob *problem, double x[])
{
    double factor, share;
    TRUE_FUNCTION(void, "glp_btran", glp_prob *, double *)
    truth(problem, x);
    if (lies("dual", &factor))
        scale(problem, x, factor);
    if (lies("digits", &share))
        scale(problem, x, 1 + share);
}
