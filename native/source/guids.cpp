// Defines the Media Foundation GUIDs that the other files name, so that no GUID library is needed.
#include <initguid.h>
#include <windows.h>

#include <mfapi.h>
#include <mfidl.h>
