/* Text that a workbook may hold.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_XML_TEXT_H
#define FAB_XML_TEXT_H

/* Number of characters; -1 when the text is not UTF-8, or has a character that XML cannot hold: control characters other than tab and line
 * ends, U+FFFE, U+FFFF. O(length). */
int fab_xml_characters(const char *text);

#endif
