// IMFCameraSyncObject: one registration for an event of the media source.
#pragma once

#include <windows.h>

#include <atomic>
#include <cstdint>
#include <memory>

#include "children.h"
#include "com_object.h"
#include "com_ptr.h"
#include "counters.h"
#include "host.h"
#include "ks_control.h"
#include "mfvirtualcamera_abi.h"

namespace mfvcam::simulator {

class CameraSyncObject final : public ComObject<CameraSyncObject, IMFCameraSyncObject>,
                               public Child {
 public:
    // Registers notification for event with source; handle is what notification names.
    static HRESULT make(const std::shared_ptr<HostedSource>& source,
                        const std::shared_ptr<Children>& children, const KSEVENT& event,
                        const KSEVENTDATA& notification, HANDLE handle,
                        ComPtr<IMFCameraSyncObject>& sync_object);

    bool try_retain() noexcept override { return try_add_ref(); }
    void release_retained() noexcept override { Release(); }
    void shutdown_by_camera() noexcept override;

    ~CameraSyncObject();

    void* find_interface(REFIID iid) noexcept;

    STDMETHODIMP WaitOnSignal(DWORD time_out_in_ms) override;
    STDMETHODIMP_(void) Shutdown() override;

 private:
    CameraSyncObject(const std::shared_ptr<HostedSource>& source,
                     const std::shared_ptr<Children>& children, const KSEVENT& event,
                     const KSEVENTDATA& notification) noexcept;
    HRESULT enable(HANDLE handle) noexcept;
    HRESULT wait(DWORD time_out_in_ms) noexcept;
    void end() noexcept;
    // What WaitOnSignal answers once it has ended; S_OK: it waits as before.
    [[nodiscard]] HRESULT end_code() const noexcept;

    const std::shared_ptr<HostedSource> source_;
    const std::shared_ptr<Children> children_;
    const KSEVENT event_;
    const KSEVENTDATA notification_;
    std::uint64_t registration_ = 0;
    HANDLE signal_ = nullptr;  // a duplicate: the caller may close its own at any time
    HANDLE ended_ = nullptr;   // set by Shutdown
    bool enabled_ = false;     // written before anybody else knows the object
    std::atomic<bool> fired_{false};
    std::atomic<bool> shut_down_{false};
    std::atomic<bool> ended_by_camera_{false};
    Counted counted_{sync_object_counters};
};

}  // namespace mfvcam::simulator
