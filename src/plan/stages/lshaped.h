/* One set of tools for many futures by decomposition: the L-shaped method with a cut for each future, in a box around the best tools.
 *
 * With its tools fixed at x a future is worth v(x), concave in x. By weak duality any multipliers y of its rows give a cut, v(x) <= a + r x, with a the sum of what rows and columns other than tools
 * bring at their best sides and r = c - y A of the tools. A master program over the tools alone, the least of all cuts for each future, says which tools to try next, inside of a box around the best ones,
 * and, without the box, what no tools can be better than. Cuts only guide: what is proven is the extensive form itself, by the exact check of a point of it (the best tools and what each future
 * makes of them) and of multipliers of all its rows (those of the cuts, by the master's multipliers of the cuts). Van Slyke & Wets, L-shaped linear programs, SIAM J. Appl. Math. 17 (1969);
 * Birge & Louveaux, A multicut algorithm, EJOR 34 (1988); Linderoth & Wright, Decomposition algorithms for stochastic programming on a computational grid, Comput. Optim. Appl. 24 (2003).
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_LSHAPED_H
#define FAB_LSHAPED_H

#include "robust_asked.h"

/* As fab_robust_solve, whatever the number of rows. */
fab_status fab_lshaped_solve(fab_context *context, const struct fab_robust_asked *asked, struct fab_robust *robust);

#endif
