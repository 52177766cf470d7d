/* The characters of a die map: one per die, rows from the top separated by /, . where there is no die.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_DIE_MAP_H
#define FAB_DIE_MAP_H

#define FAB_DIE_MAP_NONE '.'
#define FAB_DIE_MAP_ROW '/'

/* The character of a bin: 0-9, A-Z, a-z for 0 to 61, ? above. */
char fab_die_map_character(int bin);

#endif
