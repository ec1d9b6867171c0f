#pragma once

/// How often the calling thread has allocated memory since it began.
long allocation_count(void);
