/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE /* fopencookie */
#include "output.h"

#include "array.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* What open_memstream would do, but for telling when memory is short: glibc then leaves text out without a word. */
static ssize_t append(void *cookie, const char *bytes, size_t size)
{
    struct cli_output *output = cookie;
    output->failed = output->failed || !fab_array_room_size(&output->text, output->size, size, &output->capacity, 1);
    if (output->failed)
        return 0;
    memcpy(output->text + output->size, bytes, size);
    output->size += size;
    return (ssize_t)size;
}

bool cli_output_begin(struct cli_output *output)
{
    output->stream = fopencookie(output, "w", (cookie_io_functions_t){.write = append});
    return output->stream != NULL;
}

bool cli_output_write(struct cli_output *output, int descriptor)
{
    if (fflush(output->stream) != 0 || ferror(output->stream) || output->failed) {
        errno = ENOMEM;
        return false;
    }
    for (size_t done = 0; done < output->size;) {
        ssize_t written = write(descriptor, output->text + done, output->size - done);
        if (written < 0 && errno != EINTR)
            return false;
        done += written > 0 ? (size_t)written : 0;
    }
    return true;
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
