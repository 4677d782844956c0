// The seam between a camera and whatever plays the Frame Server for it. A camera knows its media
// source through these interfaces alone, so that the source may live in another process.
#pragma once

#include <windows.h>

#include <mfobjects.h>

#include <memory>
#include <string>

#include "children.h"
#include "com_ptr.h"

struct IMFMediaSource;

namespace mfvcam::simulator {

// What a camera hands over when it is started.
struct Activation {
    GUID class_id{};
    // The attributes set on the camera, and its symbolic link.
    ComPtr<IMFAttributes> attributes;
};

// Told what happens to a media source, on any thread, with no lock held.
class HostListener {
 public:
    virtual ~HostListener() = default;
    // An MEExtendedType of MF_FRAMESERVER_VCAMEVENT_EXTENDED_*, or an MEError.
    virtual void on_event(IMFMediaEvent* event) noexcept = 0;
};

// One active media source. Free-threaded.
class HostedSource {
 public:
    virtual ~HostedSource() = default;

    // IKsControl of the source. event_data is the identity of a registration: the same pointer
    // enables and disables.
    virtual HRESULT ks_property(void* property, ULONG property_length, void* data,
                                ULONG data_length, ULONG* bytes_returned) noexcept = 0;
    virtual HRESULT ks_event(void* event, ULONG event_length, void* event_data, ULONG data_length,
                             ULONG* bytes_returned) noexcept = 0;

    // A shared client's view of the source; becomes one of children, who may shut it down.
    virtual HRESULT open_client(const std::shared_ptr<Children>& children,
                                ComPtr<IMFMediaSource>& client) noexcept = 0;

    // Ends the source; its clients answer reason from here on. Once; later calls do nothing.
    virtual void shutdown(HRESULT reason) noexcept = 0;
};

class Host {
 public:
    virtual ~Host() = default;
    virtual HRESULT activate(const Activation& activation,
                             const std::weak_ptr<HostListener>& listener,
                             std::shared_ptr<HostedSource>& source) noexcept = 0;
};

// The host that cameras of this process use. Never destroyed.
Host& host();

}  // namespace mfvcam::simulator
