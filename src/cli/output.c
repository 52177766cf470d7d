/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE /* fopencookie */
#include "output.h"

#include "array.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* A result up to this size appears whole or not at all; a larger one goes out in pieces of it. */
enum { PIECE_SIZE = 1 << 20 };

static bool write_text(struct cli_output *output)
{
    for (size_t done = 0; done < output->size;) {
        ssize_t written = write(output->descriptor, output->text + done, output->size - done);
        if (written < 0 && errno != EINTR) {
            output->error = errno;
            return false;
        }
        done += written > 0 ? (size_t)written : 0;
    }
    output->size = 0;
    return true;
}

/* What open_memstream would do, but for telling when memory is short, as glibc then leaves text out without a word; and for pieces. */
static ssize_t append(void *cookie, const char *bytes, size_t size)
{
    struct cli_output *output = cookie;
    if (output->error || (output->size >= PIECE_SIZE && !write_text(output)))
        return 0;
    if (!fab_array_room_size(&output->text, output->size, size, &output->capacity, 1)) {
        output->error = ENOMEM;
        return 0;
    }
    memcpy(output->text + output->size, bytes, size);
    output->size += size;
    return (ssize_t)size;
}

bool cli_output_begin(struct cli_output *output, int descriptor)
{
    output->descriptor = descriptor;
    output->stream = fopencookie(output, "w", (cookie_io_functions_t){.write = append});
    return output->stream != NULL;
}

bool cli_output_write(struct cli_output *output)
{
    if (fflush(output->stream) == 0 && !ferror(output->stream) && !output->error && write_text(output))
        return true;
    errno = output->error ? output->error : ENOMEM;
    return false;
}

void cli_output_end(struct cli_output *output)
{
    if (output->stream)
        fclose(output->stream);
    free(output->text);
}

int cli_print_versions(struct cli *cli)
{
    char *text = fab_versions();
    if (!text)
        return cli_fail(cli, fab_fail_memory(cli->context));
    fprintf(cli->out, "%s\n", text);
    fab_free(text);
    return 0;
}
