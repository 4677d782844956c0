// IKsControl and the structures of kernel streaming.
#pragma once

#include <windows.h>

// First: strmif.h, which this includes, does not compile after ksmedia.h.
#include <mfidl.h>

#include <devicetopology.h>
