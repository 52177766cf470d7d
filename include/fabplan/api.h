/* fabplan - what every public header needs: FAB_API marks what the shared library exports.
 *
 * Threads: the library has no global state that a caller sees. A context, a fab opened with it, and the tables and results that come from
 * it belong to one thread at a time; different threads use different contexts and fabs at the same time. A fab is solved on the thread
 * that uses it. fab_context_interrupt alone may be called from any thread and from a signal handler. Tables and results are never changed
 * once they are given, so that several threads may read one.
 * Memory: what a function gives to the caller is freed with the function that its comment names: fab_result_free, fab_table_free, fab_free
 * (texts), fab_close, fab_context_free. All of them take NULL.
 * Texts are UTF-8, ended by a NUL. Unless a comment says otherwise, pointers must not be NULL.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FABPLAN_API_H
#define FABPLAN_API_H

#define FAB_API __attribute__((visibility("default")))

#endif
