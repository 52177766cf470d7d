/* What files of our own say of themselves, so that no other file is replaced by mistake.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_MARK_H
#define FAB_MARK_H

#define FAB_MARK_AUTHOR "fabplan"                         /* of a workbook */
#define FAB_MARK_REMARKED "with remarks by fabplan"       /* the comment of the archive that is somebody's workbook given back */
#define FAB_MARK_PROGRAM "the linear program of fabplan"  /* in the first comment of a program for other solvers */
#define FAB_MARK_PAGE "<meta name=\"generator\" content=\"fabplan\"/>" /* in the head of a page */

#endif
