#ifndef AINER_PIXELS_H
#define AINER_PIXELS_H
#include <stdint.h>
#endif
