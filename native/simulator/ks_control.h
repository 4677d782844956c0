// IKsControl and the structures it carries, from headers whose order matters: mingw-w64's ks
// headers bring DirectShow types that clash with mfidl.h's unless that came first.
#pragma once

#include <windows.h>

#include <mfidl.h>

#include <ks.h>

#include <devicetopology.h>
