/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tree.h"

#include "array.h"
#include "empty.h"
#include "tree_find.h"
#include "try.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A part nearer to a whole number than this is looked at only when nothing else is left; below the second it is none. */
#define NEAR 1e-6
#define WHOLE 1e-9
/* Least worth of a column, of the objective, for the choice of a branch. */
#define SMALLEST_WORTH 1e-12
/* The points of nodes that are rounded: those of powers of two, and each of so many; solves that moves of one may take. */
enum { ROUND_EVERY = 16, ROUND_TRIALS = 20 };

/* The basis from which both children start. */
struct basis {
    char *row_status, *column_status;
    int users;
};

/* lower <= sum of the chain up to `place` <= upper, and all that its parents say. */
struct node {
    struct node *parent;
    int children; /* that still are */
    int place;    /* -1: the root */
    double lower, upper;
    double bound; /* proven */
    double estimate; /* of what the branch costs */
    bool up;
    struct basis *basis;
    long number;
};

struct tree {
    struct fab_tree *at;
    struct node **open; /* [open_count] a heap: the largest bound first */
    int open_count, open_capacity;
    double closed;      /* largest bound of the leaves that are closed */
    double *sum;        /* [column_count] */
    double *worth;      /* [column_count] of one of a chain's from this moment to the next one's */
    double (*seen)[2], (*guessed)[2]; /* [chain_count][down, up] what branches cost, and what was guessed */
    int *chain_of;      /* [column_count] */
    long next;
};

/* ---- nodes ---- */

static void drop_basis(struct basis *basis)
{
    if (!basis || --basis->users > 0)
        return;
    free(basis->row_status);
    free(basis->column_status);
    free(basis);
}

/* A node without children and its parents that have none left. */
static void drop_node(struct node *node)
{
    while (node && node->children == 0) {
        struct node *parent = node->parent;
        drop_basis(node->basis);
        free(node);
        if (parent)
            parent->children--;
        node = parent;
    }
}

static bool is_before(const struct node *a, const struct node *b)
{
    return a->bound != b->bound ? a->bound > b->bound : a->number > b->number;
}

static void swap(struct node **a, struct node **b)
{
    struct node *kept = *a;
    *a = *b;
    *b = kept;
}

/* Takes the node: it is dropped when memory is short. */
static fab_status push(struct tree *tree, struct node *node)
{
    if (!FAB_ARRAY_ROOM(&tree->open, tree->open_count, &tree->open_capacity)) {
        drop_node(node);
        return fab_fail_memory(tree->at->context);
    }
    int k = tree->open_count++;
    tree->open[k] = node;
    for (; k > 0 && is_before(tree->open[k], tree->open[(k - 1) / 2]); k = (k - 1) / 2)
        swap(&tree->open[k], &tree->open[(k - 1) / 2]);
    return FAB_OK;
}

static struct node *pop(struct tree *tree)
{
    struct node *first = tree->open[0];
    int count = --tree->open_count, k = 0;
    tree->open[0] = tree->open[count];
    for (int child = 1; child < count; k = child, child = 2 * k + 1) {
        child += child + 1 < count && is_before(tree->open[child + 1], tree->open[child]);
        if (!is_before(tree->open[child], tree->open[k]))
            break;
        swap(&tree->open[child], &tree->open[k]);
    }
    return first;
}

static struct basis *new_basis(const fab_lp_solution *solution)
{
    struct basis *basis = calloc(1, sizeof *basis);
    if (!basis)
        return NULL;
    *basis = (struct basis){strdup(solution->row_status), strdup(solution->column_status), 1};
    if (basis->row_status && basis->column_status)
        return basis;
    drop_basis(basis);
    return NULL;
}

/* NULL when memory is short. */
static struct node *new_node(struct tree *tree, struct node *parent, struct basis *basis, double bound)
{
    struct node *node = calloc(1, sizeof *node);
    if (!node)
        return NULL;
    *node = (struct node){.parent = parent, .place = -1, .bound = bound, .basis = basis, .number = tree->next++};
    basis->users++;
    if (parent)
        parent->children++;
    return node;
}

/* ---- a node's program ---- */

static bool is_first(const struct tree *tree, int place)
{
    return tree->at->asked->chain[tree->chain_of[place]].first == place;
}

/* The row of the sum up to a place, made when it is first needed. */
static fab_status need_row(struct tree *tree, int place)
{
    fab_status status = FAB_OK;
    struct fab_tree *at = tree->at;
    int first = at->asked->chain[tree->chain_of[place]].first, count = place - first + 1;
    double *ones = NULL;
    if (at->row[place] >= 0)
        return FAB_OK;
    const struct fab_lp_row row = {.name = fab_solver_program(at->solver)->column[at->asked->column[place]].name, .lower = -(double)INFINITY, .upper = (double)INFINITY, .tag = FAB_NO_TAG};
    TRY_MEMORY(at->context, ones = malloc((size_t)count * sizeof *ones));
    for (int k = 0; k < count; k++)
        ones[k] = 1;
    TRY(fab_solver_add_row(at->context, at->solver, &row, &(struct fab_lp_terms){count, at->asked->column + first, ones}, &at->row[place]));
out:
    free(ones);
    return status;
}

/* What a branch says is no wider than what was said of the same sum before it. *empty: no number is left. */
static fab_status narrow(struct tree *tree, const struct node *node, bool *empty)
{
    fab_status status = FAB_OK;
    struct fab_tree *at = tree->at;
    bool column = is_first(tree, node->place);
    if (!column)
        TRY(need_row(tree, node->place));
    const fab_lp *lp = fab_solver_program(at->solver);
    int index = column ? at->asked->column[node->place] : at->row[node->place];
    double lower = fmax(node->lower, column ? lp->column[index].lower : lp->row[index].lower), upper = fmin(node->upper, column ? lp->column[index].upper : lp->row[index].upper);
    *empty = *empty || lower > upper;
    if (*empty)
        return FAB_OK;
    if (column)
        TRY(fab_solver_set_column_limits(at->context, at->solver, index, lower, upper));
    else
        TRY(fab_solver_set_row_limits(at->context, at->solver, index, lower, upper));
out:
    return status;
}

/* *empty without a solve: a sum has no number left. */
static fab_status solve_node(struct tree *tree, const struct node *node, fab_lp_solution **found, bool *empty)
{
    fab_status status = FAB_OK;
    struct fab_tree *at = tree->at;
    *empty = false;
    at->nodes++;
    TRY(fab_tree_release(at));
    for (const struct node *said = node; said->place >= 0; said = said->parent)
        TRY(narrow(tree, said, empty));
    if (*empty)
        return FAB_OK;
    TRY(fab_solver_give_basis(at->context, at->solver, node->basis->row_status, node->basis->column_status));
    TRY(fab_tree_solve(at, found));
out:
    return status;
}

/* ---- the next branch ---- */

struct branch {
    int place;
    double down, up, score; /* guessed costs */
};

static double part_of(double sum)
{
    return fabs(sum - rint(sum));
}

/* Correction of what is guessed, from what was seen. */
static double learned(const struct tree *tree, int chain, int up)
{
    return tree->guessed[chain][up] > 0 ? tree->seen[chain][up] / tree->guessed[chain][up] : 1;
}

/* At most k up to a place takes what is above k from all sums before it; at least k + 1 adds what is missing to all behind it. */
static void guess(const struct tree *tree, int place, struct branch *branch)
{
    int c = tree->chain_of[place];
    const struct fab_chain *chain = &tree->at->asked->chain[c];
    double floor_of = floor(tree->sum[place]);
    *branch = (struct branch){.place = place};
    for (int p = place; p >= chain->first && tree->sum[p] > floor_of; p--)
        branch->down += (tree->sum[p] - floor_of) * tree->worth[p];
    for (int p = place; p < chain->first + chain->count && tree->sum[p] < floor_of + 1; p++)
        branch->up += (floor_of + 1 - tree->sum[p]) * tree->worth[p];
    double smallest = SMALLEST_WORTH * fmax(1, fabs(tree->at->objective));
    if (!isfinite(smallest))
        smallest = SMALLEST_WORTH;
    branch->score = fmax(smallest, branch->down * learned(tree, c, 0)) * fmax(smallest, branch->up * learned(tree, c, 1));
}

/* The sum with a part that both ways cost most; place -1: all are whole. */
static struct branch choose(const struct tree *tree, double least)
{
    struct branch best = {.place = -1}, branch;
    for (int p = 0; p < tree->at->asked->column_count; p++) {
        if (!(part_of(tree->sum[p]) > least))
            continue;
        guess(tree, p, &branch);
        if (best.place < 0 || branch.score > best.score)
            best = branch;
    }
    return best;
}

static void learn(struct tree *tree, const struct node *node, double bound)
{
    if (node->place < 0 || !(node->estimate > 0))
        return;
    int chain = tree->chain_of[node->place];
    tree->seen[chain][node->up] += node->parent->bound - bound;
    tree->guessed[chain][node->up] += node->estimate;
}

static fab_status branch_at(struct tree *tree, struct node *node, const struct branch *branch, const fab_lp_solution *found)
{
    fab_status status = FAB_OK;
    struct basis *basis = new_basis(found);
    double below = floor(tree->sum[branch->place]);
    TRY_MEMORY(tree->at->context, basis);
    node->children++; /* until both are made */
    for (int up = 0; up < 2 && status == FAB_OK; up++) {
        struct node *child = new_node(tree, node, basis, node->bound);
        if (!child) {
            status = fab_fail_memory(tree->at->context);
            break;
        }
        child->place = branch->place;
        child->lower = up ? below + 1 : -(double)INFINITY;
        child->upper = up ? (double)INFINITY : below;
        child->estimate = up ? branch->up : branch->down;
        child->up = up;
        status = push(tree, child);
    }
    node->children--;
out:
    drop_basis(basis);
    return status;
}

/* ---- search ---- */

static bool is_to_be_rounded(long nodes)
{
    return nodes % ROUND_EVERY == 0 || (nodes & (nodes - 1)) == 0;
}

/* A leaf that nothing more is done with. */
static void close_leaf(struct tree *tree, double bound)
{
    tree->closed = fmax(tree->closed, bound);
}

/* A node whose program has an optimum: a point of it, and two nodes where it has a part. */
static fab_status expand(struct tree *tree, struct node *node, const fab_lp_solution *found)
{
    fab_status status = FAB_OK;
    struct fab_tree *at = tree->at;
    struct branch branch;
    fab_tree_sum(at, found->x, tree->sum);
    branch = choose(tree, NEAR);
    if (branch.place < 0 || is_to_be_rounded(at->nodes))
        TRY(fab_tree_round(at, found->x, ROUND_TRIALS));
    if (branch.place < 0)
        branch = choose(tree, WHOLE);
    if (branch.place < 0 || node->bound <= fab_tree_cutoff(at))
        close_leaf(tree, node->bound);
    else
        TRY(branch_at(tree, node, &branch, found));
out:
    return status;
}

/* A node without an optimum is empty when that is proven; else it is closed with what is known of it. */
static fab_status close_empty(struct tree *tree, const struct node *node)
{
    fab_status status = FAB_OK;
    bool proven = false;
    status = fab_empty_prove(tree->at->context, fab_solver_program(tree->at->solver), tree->at->asked->options, &proven);
    if (status == FAB_INTERRUPTED)
        status = FAB_OK; /* the next solve hears of it */
    if (status == FAB_OK && !proven)
        close_leaf(tree, node->bound);
    return status;
}

static fab_status visit(struct tree *tree, struct node *node)
{
    fab_status status = FAB_OK;
    struct fab_tree *at = tree->at;
    fab_lp_solution *found = NULL;
    fab_lp_certificate certificate;
    bool empty;
    TRY(solve_node(tree, node, &found, &empty));
    if (empty)
        goto out;
    if (at->stopped) {
        close_leaf(tree, node->bound);
        goto out;
    }
    if (!found || !found->x) {
        TRY(close_empty(tree, node));
        goto out;
    }
    TRY(fab_lp_check(at->context, fab_solver_program(at->solver), found->x, found->multiplier, &certificate));
    learn(tree, node, certificate.bound);
    node->bound = fmin(node->bound, certificate.bound);
    if (node->bound <= fab_tree_cutoff(at))
        close_leaf(tree, node->bound);
    else
        TRY(expand(tree, node, found));
out:
    fab_lp_solution_free(found);
    drop_node(node);
    return status;
}

static double bound_of(const struct tree *tree)
{
    double bound = fmax(tree->at->objective, tree->closed);
    return tree->open_count > 0 ? fmax(bound, tree->open[0]->bound) : bound;
}

static fab_status search(struct tree *tree)
{
    fab_status status = FAB_OK;
    struct fab_tree *at = tree->at;
    fab_lp_certificate certificate;
    struct basis *basis = new_basis(at->root);
    struct node *root;
    TRY_MEMORY(at->context, basis);
    TRY(fab_lp_check(at->context, fab_solver_program(at->solver), at->root->x, at->root->multiplier, &certificate));
    TRY_MEMORY(at->context, root = new_node(tree, NULL, basis, certificate.bound));
    TRY(push(tree, root));
    TRY(fab_tree_find(at));
    while (!at->stopped && tree->open_count > 0 && tree->open[0]->bound > fab_tree_cutoff(at)) {
        TRY(visit(tree, pop(tree)));
        if (is_to_be_rounded(at->nodes))
            fab_say(at->context, FAB_LEVEL_DETAIL, "whole numbers: %ld nodes, %d open, best %.17g, at most %.17g", at->nodes, tree->open_count, at->objective, bound_of(tree));
    }
out:
    drop_basis(basis);
    return status;
}

/* ---- begin and end ---- */

/* What one more of a chain costs from one moment to the next. */
static void find_worth(struct tree *tree)
{
    const struct fab_tree_asked *asked = tree->at->asked;
    const fab_lp *lp = fab_solver_program(tree->at->solver);
    for (int c = 0; c < asked->chain_count; c++)
        for (int p = asked->chain[c].first; p < asked->chain[c].first + asked->chain[c].count; p++) {
            bool last = p + 1 == asked->chain[c].first + asked->chain[c].count;
            double now = fabs(lp->column[asked->column[p]].objective), then = last ? 0 : fabs(lp->column[asked->column[p + 1]].objective);
            tree->chain_of[p] = c;
            tree->worth[p] = fmax(now - then, SMALLEST_WORTH * fmax(1, now));
        }
}

static void find_pure(struct fab_tree *at)
{
    const fab_lp *lp = fab_solver_program(at->solver);
    memset(at->pure, 1, (size_t)at->row_count * sizeof *at->pure);
    for (int j = 0; j < lp->column_count; j++)
        at->work[j] = 0;
    for (int p = 0; p < at->asked->column_count; p++)
        at->work[at->asked->column[p]] = 1;
    for (int j = 0; j < lp->column_count; j++)
        for (int k = lp->start[j]; at->work[j] == 0 && k < lp->start[j + 1]; k++)
            at->pure[lp->row_index[k]] = false;
}

static fab_status begin(struct tree *tree, struct fab_tree *at)
{
    fab_status status = FAB_OK;
    const fab_lp *lp = fab_solver_program(at->solver);
    size_t count = (size_t)at->asked->column_count + 1, chains = (size_t)at->asked->chain_count + 1, most = (size_t)(lp->row_count > lp->column_count ? lp->row_count : lp->column_count) + 1;
    at->row_count = lp->row_count;
    TRY_MEMORY(at->context, (at->lower = malloc(count * sizeof *at->lower)) && (at->upper = malloc(count * sizeof *at->upper)) && (at->row = malloc(count * sizeof *at->row)) &&
                                (at->pure = malloc(most * sizeof *at->pure)) && (at->work = calloc(most, sizeof *at->work)) && (at->value = calloc(count, sizeof *at->value)));
    TRY_MEMORY(at->context, (tree->sum = calloc(count, sizeof *tree->sum)) && (tree->worth = calloc(count, sizeof *tree->worth)) && (tree->chain_of = calloc(count, sizeof *tree->chain_of)) &&
                                (tree->seen = calloc(chains, sizeof *tree->seen)) && (tree->guessed = calloc(chains, sizeof *tree->guessed)));
    for (int p = 0; p < at->asked->column_count; p++) {
        const struct fab_lp_column *column = &lp->column[at->asked->column[p]];
        at->lower[p] = ceil(column->lower);
        at->upper[p] = floor(column->upper);
        at->row[p] = -1;
    }
    find_pure(at);
    find_worth(tree);
out:
    return status;
}

/* False when a column has no whole number between its limits. */
static bool has_whole(const struct fab_tree *at)
{
    for (int p = 0; p < at->asked->column_count; p++)
        if (at->lower[p] > at->upper[p])
            return false;
    return true;
}

static void end(struct tree *tree, struct fab_tree *at)
{
    while (tree->open_count > 0)
        drop_node(pop(tree));
    free(tree->open);
    free(tree->sum);
    free(tree->worth);
    free(tree->chain_of);
    free(tree->seen);
    free(tree->guessed);
    free(at->lower);
    free(at->upper);
    free(at->row);
    free(at->pure);
    free(at->work);
    free(at->value);
    fab_lp_solution_free(at->best);
}

/* The answer takes the arrays of the best point. */
static void give(struct tree *tree, struct fab_tree *at, struct fab_tree_answer *answer)
{
    answer->objective = at->objective;
    answer->bound = bound_of(tree);
    answer->finished = !at->stopped && (at->best ? answer->bound <= fmax(fab_tree_cutoff(at), at->objective) : !(answer->bound > -(double)INFINITY));
    answer->interrupted = at->interrupted;
    answer->nodes = at->nodes;
    answer->trials = at->trials;
    if (!at->best)
        return;
    answer->value = at->value;
    answer->row_status = at->best->row_status;
    answer->column_status = at->best->column_status;
    at->value = NULL;
    at->best->row_status = at->best->column_status = NULL;
}

fab_status fab_tree_search(fab_context *context, fab_solver *solver, const struct fab_tree_asked *asked, const fab_lp_solution *root, struct fab_tree_answer *answer)
{
    fab_status status = FAB_OK;
    struct fab_tree at = {.context = context, .solver = solver, .asked = asked, .root = root, .objective = -(double)INFINITY};
    struct tree tree = {.at = &at, .closed = -(double)INFINITY};
    *answer = (struct fab_tree_answer){.objective = -(double)INFINITY, .bound = (double)INFINITY};
    TRY(begin(&tree, &at));
    if (has_whole(&at))
        TRY(search(&tree));
    give(&tree, &at, answer);
out:
    end(&tree, &at);
    return status;
}
