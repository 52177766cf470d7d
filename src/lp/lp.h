/* A sparse linear program, maximise c x + constant subject to row_lower <= A x <= row_upper, lower <= x <= upper, as plain data that no
 * solver owns.
 *
 * Rows, columns and coefficients are added in any order; fab_lp_seal sorts the coefficients by column (compressed sparse columns), sums
 * those of the same place and checks every number. Only a sealed program can be written, solved or checked. Infinite row limits are
 * -INFINITY and INFINITY; columns have finite limits, so that every set of multipliers proves a finite bound. SPDX-License-Identifier:
 * GPL-3.0-or-later */
#ifndef FAB_LP_H
#define FAB_LP_H

#include <fabplan/context.h>
#include <stdbool.h>

#include "arena.h"

/* Who a row or column is, in the numbers of whoever made it: a family, two keys and a period; -1 where it has none. The lp room carries tags and never reads them. */
struct fab_tag {
    int family, a, b, period;
};
#define FAB_NO_TAG ((struct fab_tag){-1, -1, -1, -1})

struct fab_lp_row {
    const char *name; /* readable, such as CAP[L_EUV,2029-03]; any UTF-8 without control characters */
    double lower, upper;
    struct fab_tag tag; /* FAB_NO_TAG until the caller sets it */
    int block;          /* > 0: rows of one number are a block of their own (blocks.h); 0: none. A hint: it changes the way to an answer, never the program */
    bool soft;          /* a lower limit that a column of this row alone fills up where the others do not (soft.h). A hint, as block is */
};

struct fab_lp_column {
    const char *name; /* such as x[D_AI6@R_L2N,2029-03] */
    double lower, upper, objective;
    struct fab_tag tag;
    bool integer; /* only whole numbers will do */
    bool settled; /* its limits are equal and stay so: solvers may take it for a constant. A hint, as block is */
};

/* Whether a column is a constant: settled, and its limits are equal. */
static inline bool fab_lp_column_is_constant(const struct fab_lp_column *column)
{
    return column->settled && column->lower == column->upper;
}

/* The coefficients of one row (index: columns) or column (index: rows), in any order, each place once. */
struct fab_lp_terms {
    int count;
    const int *index;
    const double *value;
};

/* A coefficient as it was added. */
struct fab_lp_entry {
    int row, column;
    double value;
};

/* How a program without whole numbers is solved from nothing. Either way an answer is judged by the exact check, and where it fails the other way is tried. */
enum fab_lp_method {
    FAB_LP_AUTO,     /* by the simplex method up to FAB_LP_INTERIOR_ROWS rows, above by the interior point */
    FAB_LP_SIMPLEX,
    FAB_LP_INTERIOR
};

/* Up to here an answer is the same on every machine: a vertex, by arithmetic that is the same everywhere. Beyond simplex codes lose themselves (20,000 rows with late orders: not done after ten minutes). */
enum { FAB_LP_INTERIOR_ROWS = 10000 };

typedef struct fab_lp {
    fab_arena *arena;
    const char *title;
    struct fab_lp_row *row;
    struct fab_lp_column *column;
    int row_count, column_count;
    double objective_constant;
    enum fab_lp_method method; /* a hint: it changes the way to an answer, never the program; copies have it too */
    /* after fab_lp_seal: coefficients of column j are [start[j], start[j+1]), rows ascending */
    bool sealed;
    int nonzero_count;
    int packed_columns; /* those that `start` knows: all of them while sealed */
    int *start, *row_index;
    double *value;
    int *holders; /* how many programs share the three: lp_matrix.h; NULL before the first seal */
    /* before: the coefficients added since, in their order; and capacities */
    struct fab_lp_entry *entry;
    int entry_count, entry_capacity, row_capacity, column_capacity;
} fab_lp;

/* NULL when memory is short. */
fab_lp *fab_lp_new(const char *title);
void fab_lp_free(fab_lp *lp);

/* Add a row or column and give its index, -1 when memory is short. The name is kept as it is: it must live as long as the program
 * (fab_arena_printf(lp->arena, ...)). Amortised O(1). */
int fab_lp_add_row(fab_lp *lp, const char *name, double lower, double upper);
int fab_lp_add_column(fab_lp *lp, const char *name, double lower, double upper, double objective);

/* Whether only whole numbers will do for a column. O(columns). */
bool fab_lp_has_integers(const fab_lp *lp);

/* Adds a coefficient; those of the same place are summed by fab_lp_seal. False when memory is short. Amortised O(1). */
bool fab_lp_add(fab_lp *lp, int row, int column, double value);

/* Sorts and sums the coefficients, drops zeros, checks every number (finite coefficients and costs, lower <= upper, finite column limits,
 * indices in range, magnitudes below 1e18) and warns, through the context, of rows whose coefficients span more than 1e12. FAB_INTERNAL
 * names the row or column at fault. O(nonzeros + rows + columns). */
fab_status fab_lp_seal(fab_context *context, fab_lp *lp);

/* The checks of fab_lp_seal alone, for a program whose limits or costs were changed afterwards: FAB_INTERNAL names what is wrong, also when
 * it is not sealed. O(nonzeros + rows + columns). */
fab_status fab_lp_validate(fab_context *context, const fab_lp *lp);

/* A sealed copy of a sealed program, names included, which shares the coefficients until one of the two changes them (so both stay on one thread): FAB_INTERNAL when fab_lp_validate says so. O(nonzeros + rows + columns) of time, O(rows + columns) of memory. */
fab_status fab_lp_copy(fab_context *context, const fab_lp *lp, fab_lp **copy);

/* An optimal solution, or the best one known when a limit was reached. Arrays are owned by the solution. Multipliers are those of the
 * maximisation: d objective / d row limit (>= 0 for a binding upper limit, <= 0 for a binding lower limit); the reduced cost of a
 * column is objective - sum multiplier x coefficient. */
typedef struct fab_lp_solution {
    fab_outcome outcome;
    double *x;            /* [column_count] */
    double *multiplier;   /* [row_count] */
    double *reduced_cost; /* [column_count] */
    long iterations;
    bool interior; /* found by the interior point: in the middle of the optimal face, and the statuses are the sides that the multipliers speak of, no basis */
    /* basis, a start for the next solve: a letter for each row and column, ended by NUL: 'b' basic, 'l' at lower, 'u' at upper, 'f' free
     * nonbasic, 's' fixed */
    char *row_status, *column_status;
} fab_lp_solution;

/* Zeroed arrays for a program; NULL when memory is short. */
fab_lp_solution *fab_lp_solution_new(const fab_lp *lp);
void fab_lp_solution_free(fab_lp_solution *solution);

/* Progress of a solve, told about five times a second. */
typedef struct fab_lp_progress {
    long iterations;
    double objective; /* NAN while no feasible point is known */
    double seconds;
} fab_lp_progress;

typedef struct fab_lp_options {
    double time_limit_seconds; /* 0: none */
    void (*progress)(void *user, const fab_lp_progress *progress);
    void *user;
    const fab_lp_solution
        *start; /* basis to start from, NULL: none; its row and column counts may be smaller (the rest starts basic / at lower) */
} fab_lp_options;

/* Solves a sealed program once: opens a solver (solver.h), solves and closes it. FAB_OK with outcome FAB_OPTIMAL, FAB_INFEASIBLE (all arrays NULL), or FAB_LIMIT (time limit; all
 * arrays NULL unless a point is known); FAB_INTERRUPTED when the context asked to stop, within a fraction of a second; FAB_INTERNAL when the
 * program is not sealed or every rung of the retry ladder failed. An optimal answer has passed fab_lp_check, or no rung gave one that does
 * and it is the best of them: callers check again. options may be NULL. Deterministic: the same program gives the same solution on every
 * machine with the same GLPK. */
fab_status fab_lp_solve(fab_context *context, const fab_lp *lp, const fab_lp_options *options, fab_lp_solution **solution);

/* Name and version of the solver, such as "GLPK 5.0". */
const char *fab_lp_solver_name(void);

/* Name, version and core of the arithmetic of the interior point, such as "CHOLMOD 3.0.14, OpenBLAS 0.3.21 Haswell": the same core gives the same bits. */
const char *fab_lp_arithmetic_name(void);

/* Name and version of the arithmetic of the check, such as "GMP 6.2.1". */
const char *fab_lp_exact_name(void);

/* What the exact check found. Everything was computed in rational arithmetic from the program's data and the given vectors, nothing taken
 * from a solver. */
typedef struct fab_lp_certificate {
    double objective;       /* c x + constant, rounded once */
    double bound;           /* weak-duality bound, rounded up: no feasible point is better */
    double gap;             /* (bound - objective) / max(scale, |objective|); scale: 1, or what all columns together could gain within their limits where that is less (and more than 0) */
    double row_residual;    /* largest violation of a row, divided by its scale */
    double column_residual; /* largest violation of a column limit, divided by its scale */
    int worst_row, worst_column;
    bool verified; /* residuals <= FAB_LP_FEASIBILITY and |gap| <= FAB_LP_GAP */
} fab_lp_certificate;

#define FAB_LP_FEASIBILITY 1e-9
#define FAB_LP_GAP 1e-9

/* The point is one of the program, whatever it is worth. */
static inline bool fab_lp_is_feasible(const fab_lp_certificate *certificate)
{
    return certificate->row_residual <= FAB_LP_FEASIBILITY && certificate->column_residual <= FAB_LP_FEASIBILITY;
}

/* Checks a point x[column_count] and multipliers[row_count] of a sealed program, exactly (GMP). The scale of a row is max(1, |limit|,
 * largest |coefficient x value| in it), of a column max(1, |limit|); in the place of 1 stands the largest |coefficient x value| of any row that the columns' limits allow, or the largest |limit| of any column, where that is less (and more than 0): what
 * is small as a whole is no less exact for it. A multiplier with the wrong sign for a one-sided row is taken as 0 (a
 * valid, weaker bound). Non-finite input is refused (verified false). The bound is sum over rows of max over the row's interval of
 * multiplier x activity + sum over columns of max over its limits of (c - multiplier A) x + constant. O(nonzeros) exact multiply-adds.
 * FAB_NO_MEMORY only. */
fab_status fab_lp_check(fab_context *context, const fab_lp *lp, const double *x, const double *multiplier, fab_lp_certificate *certificate);

/* Write the program for other solvers: free MPS and CPLEX LP. Names become unique and free of characters that the format forbids; `comment`
 * (may be NULL) gives comment lines for the head, ended by NULL. Numbers with 17 significant digits. Integer columns are marked. The file appears whole or not at all
 * (temporary file, fsync, rename). */
fab_status fab_lp_write_mps(fab_context *context, const fab_lp *lp, const char *path, const char *const *comment);
fab_status fab_lp_write_lp(fab_context *context, const fab_lp *lp, const char *path, const char *const *comment);

/* Free MPS with the names R1, R2, ... and C1, C2, ..., without the constant of the objective and without marks of integer columns: for a program that solves it and whose answer is read again. Errors and file as above. */
fab_status fab_lp_write_numbered(fab_context *context, const fab_lp *lp, const char *path);

#endif
