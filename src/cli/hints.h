/* What to do about a failure with this program.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CLI_HINTS_H
#define CLI_HINTS_H

/* What to do about a failure or a line of that code in the words of this program, to follow its message; "" when there is nothing to say. */
const char *cli_hint(const char *code);

/* What stands before a message of that code: "--" when it begins with the name of a request's member, which is an option here. */
const char *cli_hint_prefix(const char *code);

#endif
