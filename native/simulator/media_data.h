// Media sources, their streams and events as plain data: what passes between a camera and its
// host, who may be of different processes. What is an object (IUnknown) cannot pass.
#pragma once

#include <windows.h>

#include <mfidl.h>

#include <vector>

#include "com_ptr.h"

namespace mfvcam::simulator {

using Bytes = std::vector<BYTE>;

// Equal attributes give equal bytes, which Windows does not promise of its blobs. Values that are
// objects are left out; empty bytes: no attributes.
HRESULT attributes_to_bytes(IMFAttributes* attributes, Bytes& bytes);
HRESULT attributes_from_bytes(const Bytes& bytes, IMFAttributes* attributes);

struct EventData {
    MediaEventType type = MEUnknown;
    GUID extended_type{};
    HRESULT status = S_OK;
    // Of the value: VT_EMPTY for what cannot pass, too.
    VARTYPE value_type = VT_EMPTY;
    Bytes value;

    static EventData of(MediaEventType type, HRESULT status = S_OK) {
        EventData event;
        event.type = type;
        event.status = status;
        return event;
    }
    static EventData extended(REFGUID extended_type) {
        EventData event = of(MEExtendedType);
        event.extended_type = extended_type;
        return event;
    }
};

HRESULT read_event(IMFMediaEvent* event, EventData& data);
HRESULT make_event(const EventData& data, ComPtr<IMFMediaEvent>& event);

struct StreamData {
    DWORD id = 0;
    bool selected = false;
    std::vector<Bytes> types;
    DWORD current = 0;  // index of the current type
    Bytes attributes;   // of the stream; else of its descriptor
};

struct SourceData {
    DWORD characteristics = 0;
    bool extended = false;  // it is an IMFMediaSourceEx
    Bytes attributes;
    std::vector<StreamData> streams;
};

HRESULT read_source(IMFMediaSource* source, SourceData& data);
HRESULT make_descriptor(const StreamData& data, ComPtr<IMFStreamDescriptor>& stream);
HRESULT make_descriptor(const SourceData& data, ComPtr<IMFPresentationDescriptor>& descriptor);

// A stream to be started, and its media type.
struct Selection {
    DWORD stream = 0;
    Bytes type;
};

HRESULT read_selections(IMFPresentationDescriptor* descriptor, std::vector<Selection>& selections);

}  // namespace mfvcam::simulator
