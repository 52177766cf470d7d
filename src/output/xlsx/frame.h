/* What stands around the cells of a sheet.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_FRAME_H
#define FAB_FRAME_H

#include "writer.h"

/* Title, text, master check, header, page, panes, protection; the cover's list of sheets and legend. */
void fab_xlsx_frame_sheet(struct fab_xlsx_writer *writer);

#endif
