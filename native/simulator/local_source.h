// A media source that lives in the host's process: its KsEvent registrations and its pipeline.
#pragma once

#include <windows.h>

#include <mfidl.h>

#include <atomic>
#include <map>
#include <memory>

#include "com_ptr.h"
#include "host.h"
#include "lock.h"
#include "pipeline.h"

namespace mfvcam::simulator {

class LocalSource final : public HostedSource {
 public:
    // attributes: for the activate object.
    static HRESULT activate(const GUID& class_id, const Bytes& attributes,
                            const std::weak_ptr<CameraListener>& listener,
                            std::shared_ptr<LocalSource>& source);

    HRESULT ks_property(Bytes& property, void* data, ULONG data_length,
                        ULONG* bytes_returned) noexcept override;
    HRESULT enable(const KSEVENT& event, const KSEVENTDATA& notification,
                   std::uint64_t& registration) noexcept override;
    HRESULT disable(std::uint64_t registration) noexcept override;
    void forget(std::uint64_t registration) noexcept override { take(registration); }
    HRESULT open_consumer(const std::shared_ptr<ConsumerListener>& listener,
                          SourceData& description,
                          std::shared_ptr<Consumer>& consumer) noexcept override;

    void shutdown(HRESULT reason) noexcept { pipeline_->shutdown(reason); }

 private:
    [[nodiscard]] HRESULT has_ks_control() noexcept;
    // event null: disables.
    HRESULT ks_event(KSEVENT* event, KSEVENTDATA* data) noexcept;
    // Null if there is none.
    std::unique_ptr<KSEVENTDATA> take(std::uint64_t registration) noexcept;

    ComPtr<IMFActivate> activate_;
    ComPtr<IKsControl> ks_control_;
    std::shared_ptr<Pipeline> pipeline_;

    Lock lock_;
    std::uint64_t last_registration_ = 0;
    // A registration's identity is the address of its data, which therefore stays.
    std::map<std::uint64_t, std::unique_ptr<KSEVENTDATA>> registrations_;
};

}  // namespace mfvcam::simulator
