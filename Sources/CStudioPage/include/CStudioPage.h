// The files of the studio's page, as they lie in Sources/StudioPage/Page, in the executable.
#pragma once

#include <stddef.h>

struct studio_page_file {
    const char *name;
    const unsigned char *bytes;
    size_t count;
};

// In no order; the last one has no name.
const struct studio_page_file *studio_page_files(void);
